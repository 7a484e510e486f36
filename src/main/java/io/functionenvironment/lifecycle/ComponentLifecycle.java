package io.functionenvironment.lifecycle;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.removal.ComponentRemoval;
import io.functionenvironment.removal.Orphaning;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be desired now, by one rule for all kinds of component. What exists and is requested is never withdrawn. What does
 * not exist starts once its dependencies are met. What is no longer requested goes along the same dependencies.
 */
public final class ComponentLifecycle {
    private final ComponentGraph graph;
    private final Observed observed;
    private final Instant now;
    private final UntrackedResources untracked;

    private ComponentLifecycle(ComponentGraph graph, Observed observed, Instant now) {
        this.graph = graph;
        this.observed = observed;
        this.now = now;
        this.untracked = new UntrackedResources(observed, graph.environment());
    }

    /**
     * A decision for each component, in the order of the graph; none for one that is not requested and does not exist.
     *
     * @param circuitBreakerTokens how many tokens Crossplane's watch circuit breaker has
     */
    public static List<Decision> decide(
            ComponentGraph graph, Observed observed, Instant now, int circuitBreakerTokens) {
        var lifecycle = new ComponentLifecycle(graph, observed, now);
        var removal = new ComponentRemoval(graph, observed, now);
        var decisions = graph.components().values().stream()
                .map(component -> component.requested() ? lifecycle.run(component) : removal.remove(component))
                .filter(decision -> decision.component().requested()
                        || decision.desired().isPresent()
                        || observed.has(decision.name()))
                .toList();
        return new StartPace(graph, observed, now, circuitBreakerTokens).of(decisions);
    }

    private Decision run(Component component) {
        var seen = observed.get(component.name());
        if (seen.isPresent()) {
            return desired(component, seen, state(component, seen.get()));
        }
        if (component.awaitsPredecessor() && untracked.mayPrecede(component)) {
            return new Decision(
                    component,
                    new Orphaning(observed, graph.environment(), now)
                            .of(component)
                            .flatMap(Decision::desired),
                    new ComponentState.Blocked(new Obstacle.Predecessor(
                            component.resource().gvk().kind(),
                            untracked.of(component.name()).map(ObservedResource::name))));
        }
        return component.dependsOn().stream()
                .filter(dependency -> !met(dependency))
                .findFirst()
                .<ComponentState>map(dependency -> new ComponentState.Pending(dependency.on()))
                .or(() -> component.obstacle().map(ComponentState.Blocked::new))
                .map(state -> new Decision(component, Optional.empty(), state))
                .orElseGet(() -> desired(
                        component,
                        Optional.empty(),
                        new ComponentState.Progressing(component.grace().during())));
    }

    private Decision desired(Component component, Optional<ObservedResource> seen, ComponentState state) {
        var body = component.resource().body(component.tracking(graph.environment()), seen, now);
        return new Decision(component, Optional.of(body), state);
    }

    private boolean met(Dependency dependency) {
        return observed.get(dependency.on())
                .filter(seen -> switch (dependency.when()) {
                    case EXISTS -> true;
                    case READY ->
                        graph.get(dependency.on())
                                .filter(other -> state(other, seen) instanceof ComponentState.Ready)
                                .isPresent();
                    case KUBECONFIG -> Kubeconfig.handedOut(seen);
                })
                .isPresent();
    }

    private ComponentState state(Component component, ObservedResource seen) {
        if (component.obstacle().isPresent()) {
            return new ComponentState.Blocked(component.obstacle().get());
        }
        var resource = component.resource();
        // A configuration that somebody deleted stays, and works, as long as it is in use.
        if (seen.deleting() && resource.readiness() != Readiness.EXISTS) {
            return new ComponentState.Progressing(Activity.RECREATING);
        }
        var matches = resource.matches(seen);
        if (resource.readiness().of(seen)) {
            return matches ? new ComponentState.Ready() : new ComponentState.Progressing(Activity.UPDATING);
        }
        var grace = component.grace();
        var young = seen.created()
                .filter(created -> created.plus(grace.length()).isBefore(now))
                .isEmpty();
        // One activity until it is up to date again: each change of what is reported costs writes to the Environment.
        var activity = resource.works(seen) ? Activity.UPDATING : young ? grace.during() : grace.afterwards();
        return ProviderError.of(seen)
                .filter(message -> matches && !(young && grace.expects(message)))
                .map(grace::explain)
                .or(() -> resource.contradiction(seen, now).filter(ignored -> matches))
                .<ComponentState>map(ComponentState.Failing::new)
                .orElseGet(() -> new ComponentState.Progressing(activity));
    }
}
