package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a developer asks for.
 *
 * @param size empty if what was asked for could not be read
 * @param apps those that could be read
 * @param unreadable names of apps that were asked for in a way we cannot read; they are wanted, but as they are
 * @param listed whether every app's name could be read. If not, an app that is missing from the list may well be wanted
 */
public record Environment(
        Identity identity,
        Optional<String> size,
        Optional<String> kubernetesVersion,
        List<App> apps,
        Set<String> unreadable,
        boolean listed) {}
