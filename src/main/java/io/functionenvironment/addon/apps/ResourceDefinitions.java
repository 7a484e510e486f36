package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.ResourceValue;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Obstacle.MissingValue.Reason;
import io.functionenvironment.json.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions of the resources that apps may have values of. They show what Crossplane can read. */
record ResourceDefinitions(Inputs inputs) {

    /** What has to be looked up to know the definition of a resource. */
    Stream<Requirement> requirements(ResourceValue value) {
        return sources(value).map(ResourceDefinitions::requirement);
    }

    /** The names of the definitions that may be the one of a resource. */
    String names(ResourceValue value) {
        return sources(value).collect(Collectors.joining(" or "));
    }

    /** Whether Crossplane can read a resource. */
    boolean readable(ResourceValue value) {
        return of(value)
                .filter(found -> CrossplaneCore.reads(found)
                        && namespaced(found)
                        && served(found).contains(value.version()))
                .isPresent();
    }

    /** Why it cannot, if the platform allows the resource. */
    Reason unreadable(ResourceValue value) {
        return of(value).isPresent()
                ? Reason.NOT_ESTABLISHED
                : lookedUp(value) ? Reason.NO_DEFINITION : Reason.NOT_LOOKED_UP;
    }

    /**
     * Whether apps may have values of a resource.
     *
     * @param errors receives what the platform does not allow, and what the definition contradicts
     */
    boolean allow(ResourceValue value, FieldErrors errors) {
        var before = errors.size();
        if (sources(value).findAny().isEmpty()) {
            var all = inputs.settings().limits().valueSources();
            errors.add(
                    value.path() + ".apiVersion",
                    "is " + value.apiVersion() + ", but this platform allows "
                            + (all.isEmpty()
                                    ? "no values from other resources; remove the item"
                                    : "values only from resources of " + String.join(", ", all)));
        }
        var found = found(value).toList();
        if (of(value).isEmpty() && lookedUp(value) && !found.isEmpty()) {
            errors.add(
                    value.path() + ".kind",
                    "is " + value.kind() + "; must be "
                            + found.stream().map(ResourceDefinitions::kind).collect(Collectors.joining(" or ")));
        }
        of(value).ifPresent(definition -> {
            if (!served(definition).contains(value.version())) {
                errors.add(
                        value.path() + ".apiVersion",
                        "is " + value.apiVersion() + ", but " + value.kind() + " has only "
                                + String.join(", ", served(definition)));
            }
            if (!namespaced(definition)) {
                errors.add(
                        value.path() + ".kind",
                        "is " + value.kind() + ", whose resources are in no namespace; must be a kind whose are");
            }
        });
        return errors.size() == before;
    }

    /** The definitions of this API group that the platform allows. */
    private Stream<String> sources(ResourceValue value) {
        return inputs.settings().limits().valueSources().stream()
                .filter(name -> name.substring(name.indexOf('.') + 1).equals(value.group()));
    }

    private boolean lookedUp(ResourceValue value) {
        return requirements(value).allMatch(one -> inputs.observed().required().containsKey(one.name()));
    }

    private Stream<ObservedResource> found(ResourceValue value) {
        return requirements(value)
                .flatMap(one -> inputs.observed().required().getOrDefault(one.name(), List.of()).stream());
    }

    private Optional<ObservedResource> of(ResourceValue value) {
        return found(value).filter(found -> kind(found).equals(value.kind())).findFirst();
    }

    private static String kind(ObservedResource definition) {
        return definition.body().text("spec", "names", "kind").orElse("");
    }

    private static boolean namespaced(ObservedResource definition) {
        return definition.body().text("spec", "scope").orElse("").equals("Namespaced");
    }

    private static List<String> served(ObservedResource definition) {
        return definition.body().items("spec", "versions").stream()
                .filter(version -> version.isTrue("served"))
                .flatMap(version -> version.text("name").stream())
                .toList();
    }

    private static Requirement requirement(String name) {
        return new Requirement("definition-" + name, CrossplaneCore.DEFINITION, "", new Match.ByName(name));
    }
}
