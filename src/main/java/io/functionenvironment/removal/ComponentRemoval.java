package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.ProviderError;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.EnvironmentDeletionGuard;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * How a component goes that nobody wants any more. Its resource says that the provider is to leave things alone when it
 * goes, since all ends with the cluster; so it is first allowed to delete, and dropped only once that is seen. Crossplane
 * forgets it at once, long before the provider is done, so whoever it needs is kept until a look-up finds it gone.
 */
public final class ComponentRemoval {
    private static final String LET_GO = "waits for its cluster to answer";
    private static final String ABOUT = "is about to be uninstalled";

    private final ComponentGraph plan;
    private final Observed observed;
    private final Instant now;
    private final Dependents holders;
    private final ClusterReachability reach;
    private final Guard guard;
    private final Orphaning forgotten;
    private final boolean ending;

    public ComponentRemoval(ComponentGraph plan, Observed observed, Instant now) {
        this.plan = plan;
        this.observed = observed;
        this.now = now;
        this.holders = new Dependents(plan, observed);
        this.reach = new ClusterReachability(observed, now);
        this.guard = new Guard(observed, now);
        this.forgotten = new Orphaning(observed, reach);
        this.ending = new EnvironmentDeletionGuard(observed).deletionWaits();
    }

    public Decision leave(Component component) {
        var app = guard.app(component);
        if (app.isPresent()) {
            return guard(component, app.get());
        }
        return observed.get(component.name())
                .map(seen -> leave(component, seen))
                .or(() -> forgotten.letGo(component))
                .orElseGet(() -> gone(component, "is gone"));
    }

    private Decision guard(Component usage, String app) {
        return guard.needed(app)
                        || (plan.components().get(app) instanceof Component component
                                && !component.wanted()
                                && observed.get(app)
                                        .filter(seen -> mayBeUndone(component, seen))
                                        .isPresent())
                ? new Decision(
                        usage,
                        Optional.of(usage.resource().body()),
                        new ComponentState.Terminating("keeps the Environment until " + app + " is gone", false))
                : gone(usage, "is no longer needed");
    }

    private Decision leave(Component component, ObservedResource seen) {
        if (component.resource() instanceof Release release && release.policy() == ManagementPolicies.OBSERVE) {
            return seen.deleting()
                    ? new Decision(
                            component,
                            Optional.of(release.body()),
                            new ComponentState.Terminating(
                                    ending ? Orphaning.ENDING : "is let go without being uninstalled", false))
                    : gone(component, "is let go without being uninstalled");
        }
        if (ending && component.answers().isPresent()) {
            return component.resource().policy().deletes()
                    ? stay(component, ManagementPolicies.NO_DELETE, seen, Orphaning.ENDING)
                    : gone(component, Orphaning.ENDING);
        }
        var holder = holders.of(component);
        if (holder.isPresent()) {
            return new Decision(
                    component,
                    Optional.of(component.resource().body(Optional.of(seen), now)),
                    new ComponentState.Terminating("goes after " + holder.get(), true));
        }
        return switch (component.resource()) {
            case Usage ignored -> gone(component, "is no longer needed");
            case ProviderConfig ignored -> gone(component, "is no longer needed");
            case KubernetesObject object ->
                object.policy() == ManagementPolicies.OBSERVE
                        ? gone(component, "is no longer watched")
                        : undo(component, seen);
            case Release ignored when component.answers().isPresent() -> undoInside(component, seen);
            case Release ignored -> undo(component, seen);
        };
    }

    /** Whether it can be undone where it is, and there is something to undo. */
    private boolean mayBeUndone(Component component, ObservedResource seen) {
        return !ending
                && component.answers().isPresent()
                && component.resource().policy() != ManagementPolicies.OBSERVE
                && holders.of(component).isEmpty()
                && installed(seen)
                && reach.answers(component)
                && !reach.unreachable(seen);
    }

    private Decision undoInside(Component component, ObservedResource seen) {
        var deletes = component.resource().policy().deletes();
        if (mayBeUndone(component, seen)) {
            return guard.holds(component.name())
                    ? undo(component, seen)
                    : stay(component, component.resource().policy(), seen, ABOUT);
        }
        if (!installed(seen)) {
            return deletes
                    ? stay(component, ManagementPolicies.NO_DELETE, seen, LET_GO)
                    : gone(component, "goes; it never was installed");
        }
        // With the right to delete it would wait for a cluster that may never answer, even when all else is deleted.
        return deletes || !reach.lost(component, seen)
                ? stay(component, ManagementPolicies.NO_DELETE, seen, LET_GO)
                : gone(component, Orphaning.LOST);
    }

    private Decision undo(Component component, ObservedResource seen) {
        var policy = component.resource().policy();
        if (!policy.deletes()) {
            return ending
                    ? stay(component, policy, seen, "goes with the Environment")
                    : stay(component, ManagementPolicies.OBSERVE_DELETE, seen, ABOUT);
        }
        // A provider that has not heard of it yet might take a minute, in which its cluster may go.
        return seen.is("Synced")
                ? gone(component, "is being uninstalled")
                : stay(component, policy, seen, ProviderError.of(seen).orElse(ABOUT));
    }

    /** Whether Helm has a record of it, or is about to; if not, there is nothing to undo. */
    private static boolean installed(ObservedResource seen) {
        var begun = seen.annotation("crossplane.io/external-create-pending").orElse("");
        var failed = seen.annotation("crossplane.io/external-create-failed").orElse("");
        var missing = seen.condition("Synced")
                .filter(synced -> synced.message().contains("external resource does not exist"))
                .isPresent();
        return !missing
                && (seen.body().at("status", "atProvider", "revision").isPresent()
                        || seen.annotation("crossplane.io/external-create-succeeded")
                                .isPresent()
                        || begun.compareTo(failed) > 0);
    }

    private Decision stay(Component component, ManagementPolicies policy, ObservedResource seen, String word) {
        var body = component.resource().with(policy).body(Optional.of(seen), now);
        return new Decision(component, Optional.of(body), new ComponentState.Terminating(word, false));
    }

    private static Decision gone(Component component, String word) {
        return new Decision(component, Optional.empty(), new ComponentState.Removed(word));
    }
}
