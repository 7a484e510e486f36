package io.functionenvironment.gate;

import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Farewell;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Policy;
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
final class Exit {
    private static final String LET_GO = "waits for its cluster to answer";
    private static final String ABOUT = "is about to be uninstalled";

    private final Plan plan;
    private final Observed observed;
    private final Instant now;
    private final Holders holders;
    private final Reach reach;
    private final Guard guard;
    private final Forgotten forgotten;
    private final boolean ending;

    Exit(Plan plan, Observed observed, Instant now) {
        this.plan = plan;
        this.observed = observed;
        this.now = now;
        this.holders = new Holders(plan, observed);
        this.reach = new Reach(observed, now);
        this.guard = new Guard(observed, now);
        this.forgotten = new Forgotten(observed, reach);
        this.ending = new Farewell(observed).deletionWaits();
    }

    Decision leave(Component component) {
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
                        new State.Leaving("keeps the Environment until " + app + " is gone", false))
                : gone(usage, "is no longer needed");
    }

    private Decision leave(Component component, ObservedResource seen) {
        if (component.resource() instanceof Release release && release.policy() == Policy.OBSERVE) {
            return seen.deleting()
                    ? new Decision(
                            component,
                            Optional.of(release.body()),
                            new State.Leaving(ending ? Forgotten.ENDING : "is let go without being uninstalled", false))
                    : gone(component, "is let go without being uninstalled");
        }
        if (ending && component.answers().isPresent()) {
            return component.resource().policy().deletes()
                    ? stay(component, Policy.KEEP, seen, Forgotten.ENDING)
                    : gone(component, Forgotten.ENDING);
        }
        var holder = holders.of(component);
        if (holder.isPresent()) {
            return new Decision(
                    component,
                    Optional.of(component.resource().body(Optional.of(seen), now)),
                    new State.Leaving("goes after " + holder.get(), true));
        }
        return switch (component.resource()) {
            case Usage ignored -> gone(component, "is no longer needed");
            case ProviderConfig ignored -> gone(component, "is no longer needed");
            case HostObject object ->
                object.policy() == Policy.OBSERVE ? gone(component, "is no longer watched") : undo(component, seen);
            case Release ignored when component.answers().isPresent() -> undoInside(component, seen);
            case Release ignored -> undo(component, seen);
        };
    }

    /** Whether it can be undone where it is, and there is something to undo. */
    private boolean mayBeUndone(Component component, ObservedResource seen) {
        return !ending
                && component.answers().isPresent()
                && component.resource().policy() != Policy.OBSERVE
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
                    ? stay(component, Policy.KEEP, seen, LET_GO)
                    : gone(component, "goes; it never was installed");
        }
        // With the right to delete it would wait for a cluster that may never answer, even when all else is deleted.
        return deletes || !reach.lost(component, seen)
                ? stay(component, Policy.KEEP, seen, LET_GO)
                : gone(component, Forgotten.LOST);
    }

    private Decision undo(Component component, ObservedResource seen) {
        var policy = component.resource().policy();
        if (!policy.deletes()) {
            return ending
                    ? stay(component, policy, seen, "goes with the Environment")
                    : stay(component, Policy.REMOVE, seen, ABOUT);
        }
        // A provider that has not heard of it yet might take a minute, in which its cluster may go.
        return seen.is("Synced")
                ? gone(component, "is being uninstalled")
                : stay(component, policy, seen, Trouble.of(seen).orElse(ABOUT));
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

    private Decision stay(Component component, Policy policy, ObservedResource seen, String word) {
        var body = component.resource().with(policy).body(Optional.of(seen), now);
        return new Decision(component, Optional.of(body), new State.Leaving(word, false));
    }

    private static Decision gone(Component component, String word) {
        return new Decision(component, Optional.empty(), new State.Gone(word));
    }
}
