package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState.Removal;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.Dependency;
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

    /** Why a Usage stays; empty if it is no longer needed. */
    Optional<Removal> hold(Component usage) {
        return guard.guards(usage) ? holdGuard(usage) : holdOrder(usage);
    }

    private Optional<Removal> holdGuard(Component usage) {
        var guarded = usage.dependsOn().stream().map(Dependency::on).findFirst();
        return guarded.isEmpty() && !untracked.lookedUp(graph)
                ? Optional.of(Removal.of(RemovalReason.AWAITS_LOOKUP))
                : guarded.filter(this::isOrWillBeUninstalled).map(UsageProtection::guards);
    }

    private Optional<Removal> holdOrder(Component usage) {
        return DeletionOrderUsages.user(usage)
                .filter(this::mayExist)
                .filter(user -> DeletionOrderUsages.used(usage)
                        .filter(used -> graph.goesFirst(user, used))
                        .isPresent())
                .map(UsageProtection::guards);
    }

    private static Removal guards(String component) {
        return Removal.of(RemovalReason.GUARDS, component);
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

    /** Whether a component that is no longer requested, or the one that existed before it was requested again, may exist. */
    private boolean mayExist(String component) {
        var requested = graph.get(component).filter(Component::requested).isPresent();
        return untracked.beingRemoved(component).isPresent()
                || (!requested && (observed.has(component) || !untracked.lookedUp(graph)));
    }
}
