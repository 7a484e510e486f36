package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Resource;
import java.util.Optional;

/** How long a Usage stays that is no longer requested: until the component for whose sake it refuses a deletion is gone. */
record UsageProtection(
        ComponentGraph graph,
        Observed observed,
        UntrackedResources untracked,
        EnvironmentDeletionGuard guard,
        Dependents dependents,
        ClusterReachability reachability) {

    /** The component for whose sake a Usage stays; empty if it is no longer needed. */
    Optional<String> keptFor(Component usage) {
        var guarded = guard.guarded(usage);
        return guarded.isPresent()
                ? guarded.filter(this::isOrWillBeUninstalled)
                : DeletionOrderUsages.user(usage).filter(this::mayExist);
    }

    private boolean isOrWillBeUninstalled(String component) {
        var keepsTheRight = graph.get(component)
                .filter(some -> some.requested() && some.resource().policies().delete())
                .isPresent();
        var willBe = graph.get(component)
                .filter(some -> !some.requested())
                .flatMap(some -> observed.get(component).filter(seen -> mayUninstall(some, seen)))
                .isPresent();
        return willBe || isUninstalled(component, keepsTheRight);
    }

    /**
     * Whether a component is being uninstalled, or may be because nobody has looked.
     *
     * @param keepsTheRight whether it is requested and has the right to delete all the time, so that the right is no sign
     */
    private boolean isUninstalled(String component, boolean keepsTheRight) {
        var seen = observed.get(component);
        var hasTheRight = seen.map(Resource::read)
                .filter(resource -> resource.policies().delete())
                .isPresent();
        return untracked.uninstalling().containsKey(component)
                || (hasTheRight && !keepsTheRight)
                || (seen.isEmpty() && !untracked.lookedUp(graph));
    }

    /** Whether it can be uninstalled where it is, and there is something to uninstall. */
    private boolean mayUninstall(Component component, ObservedResource seen) {
        return !guard.deletionRefused()
                && component.location() instanceof Location.Guest
                && component.resource().policies() != ManagementPolicies.OBSERVE
                && dependents.hold(component).isEmpty()
                && dependents.cascadesWith(component).isEmpty()
                && reachability.permitsUninstalling(component, seen);
    }

    /** Whether a component that is no longer requested is not known to be gone. */
    private boolean mayExist(String component) {
        return graph.get(component).filter(Component::requested).isEmpty()
                && (observed.has(component) || untracked.of(component).isPresent() || !untracked.lookedUp(graph));
    }
}
