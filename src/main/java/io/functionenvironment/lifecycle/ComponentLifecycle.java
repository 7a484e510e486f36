package io.functionenvironment.lifecycle;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.ProviderError;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.removal.ClusterReachability;
import io.functionenvironment.removal.ComponentRemoval;
import io.functionenvironment.removal.Orphaning;
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
public final class ComponentLifecycle {
    private final ComponentGraph plan;
    private final Observed observed;
    private final Instant now;
    private final ComponentRemoval exit;

    private ComponentLifecycle(ComponentGraph plan, Observed observed, Instant now) {
        this.plan = plan;
        this.observed = observed;
        this.now = now;
        this.exit = new ComponentRemoval(plan, observed, now);
    }

    public static List<Decision> decide(ComponentGraph plan, Observed observed, Instant now) {
        var gate = new ComponentLifecycle(plan, observed, now);
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
        if (component.guarded() && new UntrackedResources(observed).mayBe(component.resource())) {
            return new Decision(
                    component,
                    new Orphaning(observed, new ClusterReachability(observed, now))
                            .letGo(component)
                            .flatMap(Decision::desired),
                    new ComponentState.Blocked("waits until its former self is gone"
                            + new UntrackedResources(observed)
                                    .of(component.name())
                                    .map(former -> ", which is "
                                            + former.body().text("kind").orElse("") + " " + former.name())
                                    .orElse("")));
        }
        return component.needs().stream()
                .filter(need -> !met(need))
                .findFirst()
                .map(need -> new Decision(component, Optional.empty(), new ComponentState.Pending(need.on())))
                .orElseGet(() -> new Decision(
                        component,
                        Optional.of(component.resource().body(Optional.empty(), now)),
                        new ComponentState.Progressing(component.patience().word())));
    }

    private boolean met(Dependency need) {
        return observed.get(need.on())
                .filter(seen -> switch (need.until()) {
                    case EXISTS -> true;
                    case READY ->
                        plan.components().get(need.on()) instanceof Component other
                                && state(other, seen) instanceof ComponentState.Ready;
                    case KUBECONFIG -> Kubeconfig.handedOut(seen);
                })
                .isPresent();
    }

    private ComponentState state(Component component, ObservedResource seen) {
        var desired = component.resource();
        // A configuration that somebody deleted stays, and works, as long as it is in use.
        if (seen.deleting() && desired.readiness() != Readiness.EXISTS) {
            return new ComponentState.Progressing("was deleted by somebody, and is made again once it is gone");
        }
        var ready = desired.readiness().of(seen);
        var same = asDesired(desired, seen);
        if (ready) {
            return same ? new ComponentState.Ready() : new ComponentState.Progressing("is being changed");
        }
        var patience = component.patience();
        var young = seen.created()
                .filter(created -> created.plus(patience.lasting()).isBefore(now))
                .isEmpty();
        var well = seen.condition("Ready").filter(Condition::isTrue).isPresent();
        var coming = young || well ? patience.word() : patience.overdue();
        if (!same) {
            return new ComponentState.Progressing(coming);
        }
        return ProviderError.of(seen)
                .filter(word -> !(young && patience.expects(word)))
                .<ComponentState>map(ComponentState.Failing::new)
                .orElseGet(() -> new ComponentState.Progressing(coming));
    }

    /** Ready says something about what was desired before, as long as what exists is not what is desired now. */
    private static boolean asDesired(Resource desired, ObservedResource seen) {
        return Resource.read(seen)
                .filter(was -> was.thing().equals(desired.thing()))
                .isPresent();
    }
}
