package io.functionenvironment;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
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
     * Resources of a kind of cluster or an add-on that is not registered, as a later release of this function may have
     * composed. Nothing here requests them, so they would be deleted.
     */
    static FieldErrors unknownOwners(Registry registry, Observed observed, ComponentGraph graph) {
        var errors = new FieldErrors();
        new ObservedComponents(observed, graph.environment())
                .ownersByComponent()
                .forEach((name, owner) -> {
                    var requested = graph.get(name).filter(Component::requested).isPresent();
                    var known = owner.map(registry::knows).orElse(requested);
                    if (!known) {
                        errors.add(
                                "spec.crossplane.resourceRefs",
                                "has the component " + name + ", which belongs to "
                                        + owner.map(Owner::label).orElse("an unknown owner")
                                        + ": this release of the function does not know it, and would delete it; install a release"
                                        + " of the function that knows it");
                    }
                });
        return errors;
    }

    private static String describe(ObservedResource resource) {
        return resource.gvk().kind() + " " + resource.name();
    }
}
