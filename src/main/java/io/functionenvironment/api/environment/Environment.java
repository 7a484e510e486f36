package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.App;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a developer requests.
 *
 * @param size empty if the field could not be read
 * @param apps those that could be read
 * @param unreadable names of apps whose request has errors; they are requested, but stay as they are
 * @param listed whether the name of every app could be read. If not, an app that is missing from the list may be requested
 * @param spec all of it, for add-ons that read fields of their own
 */
public record Environment(
        Identity identity,
        Optional<String> size,
        Optional<String> kubernetesVersion,
        List<App> apps,
        Set<String> unreadable,
        boolean listed,
        Json.Obj spec) {}
