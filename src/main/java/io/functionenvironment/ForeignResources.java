package io.functionenvironment;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.Tracking;
import java.util.List;

/**
 * Resources that stand where the Environment's own do and are not its own. A team may write the references in
 * {@code spec.crossplane.resourceRefs}. Crossplane 2.3 presents every object there that carries a composition-resource-name
 * and has no controller as a composed resource; it overwrites those that are desired, and deletes the others. Only a fatal
 * result changes nothing.
 */
final class ForeignResources {
    private ForeignResources() {}

    static FieldErrors errors(FunctionRequest request, Observed observed, List<Decision> decisions) {
        var errors = new FieldErrors();
        observed.uncontrolled().forEach((name, resource) -> {
            if (!request.desires(name)) {
                errors.add(
                        "spec.crossplane.resourceRefs",
                        "refers to " + describe(resource) + " as component " + name
                                + ", but the object has no controller reference to this Environment;"
                                + " remove the reference, or, if the Environment composed it, add a controller"
                                + " reference with the uid "
                                + observed.composite().uid().orElse("(none)"));
            }
        });
        for (var decision : decisions) {
            if (decision.desired().isPresent() && request.desires(decision.name())) {
                errors.add(
                        "Composition spec.pipeline",
                        "has an earlier step that desires a resource named \"" + decision.name()
                                + "\", which this function composes; rename the resource in that step");
            }
            observed.get(decision.name())
                    .filter(seen ->
                            !seen.gvk().sameKind(decision.component().resource().gvk()))
                    .ifPresent(seen -> errors.add(
                            "spec.crossplane.resourceRefs",
                            "refers to " + describe(seen) + " as component " + decision.name()
                                    + ", which must be of kind "
                                    + decision.component().resource().gvk().kind()
                                    + "; delete the object or remove the reference"));
        }
        return errors;
    }

    /**
     * Resources of this Environment that this release does not understand, because a later release composed them or somebody
     * changed what is written on them. Nothing here requests them, so they would be deleted, or left out of the order in which
     * others are deleted.
     */
    static FieldErrors notUnderstood(Registry registry, Observed observed, ComponentGraph graph) {
        var errors = new FieldErrors();
        var components = new ObservedComponents(observed, graph.environment());
        observed.resources().forEach((name, seen) -> {
            // What is requested is written anew.
            if (graph.get(name).filter(some -> some.requested() && !some.kept()).isEmpty()) {
                check(seen, registry, components, errors);
            }
        });
        new UntrackedResources(observed, graph.environment())
                .ours()
                .forEach(found -> check(found, registry, components, errors));
        return errors;
    }

    private static void check(
            ObservedResource resource, Registry registry, ObservedComponents components, FieldErrors errors) {
        components.tracking(resource).ifPresent(tracking -> {
            var known = Owner.parse(tracking.owner()).filter(registry::knows).isPresent();
            if (!known) {
                errors.add(
                        describe(resource) + " metadata.labels",
                        "has the owner " + Redaction.of(tracking.owner())
                                + ", which this release of the function does not know, so that it would delete the object;"
                                + " install a release of the function that knows it");
            } else if (components.of(resource).isEmpty()) {
                errors.add(
                        describe(resource) + " metadata.annotations",
                        "has " + Tracking.DEPENDS_ON + " " + Redaction.of(tracking.dependsOn()) + " and "
                                + Tracking.ALIVE
                                + " " + Redaction.of(tracking.alive()) + ", which must have the form " + Dependency.FORM
                                + "; restore them, or install the release of the function that wrote them");
            }
        });
    }

    private static String describe(ObservedResource resource) {
        return resource.gvk().kind() + " " + resource.name();
    }
}
