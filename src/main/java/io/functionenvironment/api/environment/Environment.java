package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.App;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An Environment as requested.
 *
 * @param size empty if the field has an error
 * @param kubernetesVersion a minor version; empty for the platform's default, or if the field has an error
 * @param apps the apps without errors
 * @param unreadable the names of apps with errors: they are requested, and stay as they are
 * @param listed whether the name of every app could be read. If not, an app that is missing from the list may be requested
 * @param spec the whole spec, for add-ons that read fields of their own
 */
public record Environment(
        Identity identity,
        Optional<String> size,
        Optional<String> kubernetesVersion,
        List<App> apps,
        Set<String> unreadable,
        boolean listed,
        Json.Obj spec) {}
