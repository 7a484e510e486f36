package io.functionenvironment.gate;

import io.functionenvironment.observed.Condition;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be desired now. What exists and is wanted is never withdrawn; what does not exist starts once its needs are met;
 * what is no longer wanted goes by the same needs, the other way round.
 */
public final class Gate {
    private final Plan plan;
    private final Observed observed;
    private final Instant now;
    private final Exit exit;

    private Gate(Plan plan, Observed observed, Instant now) {
        this.plan = plan;
        this.observed = observed;
        this.now = now;
        this.exit = new Exit(plan, observed, now);
    }

    public static List<Decision> decide(Plan plan, Observed observed, Instant now) {
        var gate = new Gate(plan, observed, now);
        return plan.components().values().stream()
                .map(component -> component.wanted() ? gate.enter(component) : gate.exit.leave(component))
                .filter(decision -> decision.component().wanted()
                        || decision.desired().isPresent()
                        || observed.has(decision.name()))
                .toList();
    }

    private Decision enter(Component component) {
        var seen = observed.get(component.name());
        if (seen.isPresent()) {
            return new Decision(
                    component, Optional.of(component.resource().body(seen, now)), state(component, seen.get()));
        }
        if (component.guarded() && new Leftovers(observed).mayBe(component.resource())) {
            return new Decision(
                    component,
                    new Forgotten(observed, new Reach(observed, now))
                            .letGo(component)
                            .flatMap(Decision::desired),
                    new State.Blocked("waits until its former self is gone"
                            + new Leftovers(observed)
                                    .of(component.name())
                                    .map(former -> ", which is "
                                            + former.body().text("kind").orElse("") + " " + former.name())
                                    .orElse("")));
        }
        return component.needs().stream()
                .filter(need -> !met(need))
                .findFirst()
                .map(need -> new Decision(component, Optional.empty(), new State.Waiting(need.on())))
                .orElseGet(() -> new Decision(
                        component,
                        Optional.of(component.resource().body(Optional.empty(), now)),
                        new State.Coming(component.patience().word())));
    }

    private boolean met(Need need) {
        return observed.get(need.on())
                .filter(seen -> switch (need.until()) {
                    case EXISTS -> true;
                    case READY ->
                        plan.components().get(need.on()) instanceof Component other
                                && state(other, seen) instanceof State.Ready;
                    case KUBECONFIG -> Kubeconfig.handedOut(seen);
                })
                .isPresent();
    }

    private State state(Component component, ObservedResource seen) {
        var desired = component.resource();
        // A configuration that somebody deleted stays, and works, as long as it is in use.
        if (seen.deleting() && desired.readiness() != Readiness.EXISTS) {
            return new State.Coming("was deleted by somebody, and is made again once it is gone");
        }
        var ready = desired.readiness().of(seen);
        var same = asDesired(desired, seen);
        if (ready) {
            return same ? new State.Ready() : new State.Coming("is being changed");
        }
        var patience = component.patience();
        var young = seen.created()
                .filter(created -> created.plus(patience.lasting()).isBefore(now))
                .isEmpty();
        var well = seen.condition("Ready").filter(Condition::isTrue).isPresent();
        var coming = young || well ? patience.word() : patience.overdue();
        if (!same) {
            return new State.Coming(coming);
        }
        return Trouble.of(seen)
                .filter(word -> !(young && patience.expects(word)))
                .<State>map(State.Failing::new)
                .orElseGet(() -> new State.Coming(coming));
    }

    /** Ready says something about what was desired before, as long as what exists is not what is desired now. */
    private static boolean asDesired(Resource desired, ObservedResource seen) {
        return Resource.read(seen)
                .filter(was -> was.thing().equals(desired.thing()))
                .isPresent();
    }
}
