package io.functionenvironment.removal;

import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.Removal;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * How a component that is no longer requested is removed: after everything that depends on it, and with what takes it along.
 * Otherwise it is uninstalled. Its resource mostly has no right to delete, because everything is deleted with the cluster; so
 * it gets that right first, and is withdrawn once the provider has seen it. Crossplane stops tracking a withdrawn resource at
 * once, long before the provider has finished, so what it depends on stays until a look-up finds it gone.
 */
public final class ComponentRemoval {
    private final ComponentGraph graph;
    private final Observed observed;
    private final Instant now;
    private final Dependents dependents;
    private final ClusterReachability reachability;
    private final EnvironmentDeletionGuard guard;
    private final Orphaning orphaning;
    private final UsageProtection usages;
    private final boolean deletionRefused;

    public ComponentRemoval(ComponentGraph graph, Observed observed, Instant now) {
        this.graph = graph;
        this.observed = observed;
        this.now = now;
        var untracked = new UntrackedResources(observed, graph.environment());
        this.dependents = new Dependents(graph, observed, untracked);
        this.reachability = new ClusterReachability(observed, now);
        this.guard = new EnvironmentDeletionGuard(observed, graph.environment());
        this.orphaning = new Orphaning(observed, graph.environment(), now);
        this.deletionRefused = guard.deletionRefused();
        this.usages = new UsageProtection(graph, observed, untracked, guard, dependents, reachability);
    }

    public Decision remove(Component component) {
        if (component.resource() instanceof Usage) {
            var seen = observed.get(component.name());
            return usages.hold(component)
                    .map(removal -> stays(component, component.resource().policies(), seen, removal))
                    .orElseGet(() -> removed(component, RemovalReason.NOT_NEEDED));
        }
        return observed.get(component.name())
                .map(seen -> remove(component, seen))
                .or(() -> orphaning.of(component))
                .orElseGet(() -> removed(component, RemovalReason.GONE));
    }

    private Decision remove(Component component, ObservedResource seen) {
        var guest = component.location() instanceof Location.Guest;
        var policies = component.resource().policies();
        if (guest && policies == ManagementPolicies.OBSERVE) {
            return seen.deleting()
                    ? stays(component, policies, seen, Removal.of(orphaned()))
                    : removed(component, RemovalReason.ORPHANED);
        }
        if (guest && deletionRefused) {
            return withoutUninstalling(component, seen, RemovalReason.ORPHANED_ON_DELETION);
        }
        var hold = dependents.hold(component);
        if (hold.isPresent()) {
            return stays(component, policies, seen, hold.get());
        }
        var cascade = dependents.cascadesWith(component);
        if (cascade.isPresent()) {
            return policies.delete()
                    ? stays(
                            component,
                            ManagementPolicies.NO_DELETE,
                            seen,
                            Removal.of(RemovalReason.CASCADED, cascade.get()))
                    : new Decision(
                            component,
                            Optional.empty(),
                            new ComponentState.Removed(Removal.of(RemovalReason.CASCADED, cascade.get())));
        }
        var successor = graph.successor(component);
        if (successor.isPresent()) {
            return withoutUninstalling(component, seen, Removal.of(RemovalReason.ORPHANED_TAKEN_OVER, successor.get()));
        }
        if (!component.resource().external() || policies.leave()) {
            return removed(component, RemovalReason.NOT_NEEDED);
        }
        return guest ? uninstallInside(component, seen) : uninstall(component, seen);
    }

    private RemovalReason orphaned() {
        return deletionRefused ? RemovalReason.ORPHANED_ON_DELETION : RemovalReason.ORPHANED;
    }

    /** Takes the right to delete from a resource, and then withdraws it. */
    private Decision withoutUninstalling(Component component, ObservedResource seen, Removal removal) {
        return component.resource().policies().delete()
                ? stays(component, ManagementPolicies.NO_DELETE, seen, removal)
                : new Decision(component, Optional.empty(), new ComponentState.Removed(removal));
    }

    private Decision withoutUninstalling(Component component, ObservedResource seen, RemovalReason reason) {
        return withoutUninstalling(component, seen, Removal.of(reason));
    }

    private Decision uninstallInside(Component component, ObservedResource seen) {
        var policies = component.resource().policies();
        if (reachability.permitsUninstalling(component, seen)) {
            return guard.protects(component.name(), now)
                    ? uninstall(component, seen)
                    : stays(component, policies, seen, Removal.of(RemovalReason.ABOUT_TO_UNINSTALL));
        }
        if (!ProviderError.mayExist(seen)) {
            return withoutUninstalling(component, seen, RemovalReason.NEVER_INSTALLED);
        }
        if (reachability.responds(component) && reachability.unobservable(seen) && policies.delete()) {
            // The change of the right has the provider report its error anew, so that it would count as young
            // again. What is only observed is withdrawn with the next call, whatever is reported of it.
            return stays(component, ManagementPolicies.OBSERVE, seen, unreachable(component, seen));
        }
        // With the right to delete it would wait for a cluster that may never respond,
        // even when everything else is deleted.
        return policies.delete() || !reachability.lost(component, seen)
                ? stays(component, ManagementPolicies.NO_DELETE, seen, unreachable(component, seen))
                : removed(component, RemovalReason.ORPHANED_UNREACHABLE);
    }

    /** A provider may fail to look at a thing although the cluster responds, for instance where its kind is gone. */
    private Removal unreachable(Component component, ObservedResource seen) {
        return ProviderError.of(seen)
                .filter(ignored -> reachability.responds(component))
                .map(message -> Removal.of(RemovalReason.FAILING, message))
                .orElseGet(() -> Removal.of(RemovalReason.AWAITS_CLUSTER));
    }

    private Decision uninstall(Component component, ObservedResource seen) {
        var policies = component.resource().policies();
        if (policies.delete() && reachability.unobservable(seen) && ProviderKubernetes.kindMissing(seen)) {
            // Objects do not outlive their kind, but the provider would look for this one before it lets go.
            return stays(component, ManagementPolicies.OBSERVE, seen, Removal.of(RemovalReason.GONE));
        }
        if (!policies.delete()) {
            return deletionRefused
                    ? stays(component, policies, seen, Removal.of(RemovalReason.WITH_ENVIRONMENT))
                    : stays(
                            component,
                            ManagementPolicies.OBSERVE_DELETE,
                            seen,
                            Removal.of(RemovalReason.ABOUT_TO_UNINSTALL));
        }
        // A provider that has not seen the right yet might take a minute, in which its cluster may go. Crossplane
        // writes the status last: without an earlier call's status, a failure after the withdrawal would lose the
        // removal.
        return seen.is("Synced") && remembered(component)
                ? removed(component, RemovalReason.UNINSTALLING)
                : stays(
                        component,
                        policies,
                        seen,
                        ProviderError.of(seen)
                                .map(message -> Removal.of(RemovalReason.FAILING, message))
                                .orElseGet(() -> Removal.of(RemovalReason.ABOUT_TO_UNINSTALL)));
    }

    private boolean remembered(Component component) {
        return EnvironmentStatus.read(observed.composite().body()).removing().stream()
                .anyMatch(item -> item.component().equals(component.name()));
    }

    private Decision stays(Component component, ManagementPolicies policies, ObservedResource seen, Removal removal) {
        return stays(component, policies, Optional.of(seen), removal);
    }

    private Decision stays(
            Component component, ManagementPolicies policies, Optional<ObservedResource> seen, Removal removal) {
        var body = component.resource().with(policies).body(component.tracking(graph.environment()), seen, now);
        return new Decision(component, Optional.of(body), new ComponentState.Terminating(removal));
    }

    private static Decision removed(Component component, RemovalReason reason) {
        return new Decision(component, Optional.empty(), new ComponentState.Removed(Removal.of(reason)));
    }
}
