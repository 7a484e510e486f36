package io.functionenvironment.addon.apps;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.resource.Resource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The wanted apps that exist, as they are. */
record KeptApps(Observed observed, String environment, Set<String> wanted) {

    Set<String> names() {
        return wanted.stream()
                .filter(name ->
                        observed.get(Apps.PREFIX + name).filter(Resource::known).isPresent())
                .collect(Collectors.toSet());
    }

    Optional<Component> component(String name) {
        var unwanted = ObservedComponents.ours(observed, environment, this::unwanted)
                .map(resource -> resource.meta().component())
                .collect(Collectors.toSet());
        return ObservedComponents.held(observed, environment, Apps.PREFIX + name, unwanted);
    }

    private boolean unwanted(String component) {
        return component.startsWith(Apps.PREFIX) && !wanted.contains(component.substring(Apps.PREFIX.length()));
    }
}
