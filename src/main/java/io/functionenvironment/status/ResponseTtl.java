package io.functionenvironment.status;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.api.settings.Timing;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ReconcileRequest;
import io.functionenvironment.resource.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When to look again, at the latest. */
record ResponseTtl(Progress progress, PendingRemovals leaving, Observed observed, Timing timing) {

    /** How long Crossplane's circuit breaker stays open, see {@code internal/circuit} of Crossplane 2.3. */
    private static final Duration DEAF = Duration.ofMinutes(5);

    Duration from(Instant now) {
        var cluster = observed.get(Cluster.CLUSTER);
        var served = cluster.filter(Kubeconfig::handedOut).isPresent();
        if (progress.state(Cluster.CLUSTER).isPresent() && !served) {
            return ReconcileRequest.interval(cluster, now, timing.waiting());
        }
        var stands = whatStands(now);
        return goes(now)
                .map(since ->
                        shorter(ReconcileRequest.interval(Duration.between(since, now), timing.waiting()), stands))
                .orElse(stands);
    }

    private Duration whatStands(Instant now) {
        var health = observed.get(Cluster.HEALTH).filter(seen -> !seen.is("Ready"));
        if (health.isPresent()) {
            return shorter(ReconcileRequest.interval(health, now, timing.waiting()), timing.converging());
        }
        if (progress.clusterReady() && progress.appsReady()) {
            return listens(now) ? timing.settled() : timing.converging();
        }
        // What comes up is heard of only now, as long as Crossplane does not listen.
        return listens(now) ? timing.converging() : timing.waiting();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Since when the last thing that is on its way out has been so; empty if nothing is. Nobody tells us when it is gone. A
     * Usage goes with its app.
     */
    private Optional<Instant> goes(Instant now) {
        var unwanted = progress.decisions().values().stream()
                .filter(decision -> !decision.component().wanted())
                .filter(decision -> !(decision.state() instanceof ComponentState.Terminating
                        && decision.component().resource() instanceof Usage))
                .map(Decision::name);
        var left = new UntrackedResources(observed);
        return Stream.concat(leaving.words().keySet().stream().map(Apps.PREFIX::concat), unwanted)
                .filter(name ->
                        progress.state(name).filter(ResponseTtl::blocked).isEmpty())
                .map(name -> left.of(name)
                        .or(() -> observed.get(name))
                        .flatMap(ObservedResource::deletingSince)
                        .orElse(now))
                .max(Comparator.naturalOrder());
    }

    private static boolean blocked(ComponentState state) {
        return state instanceof ComponentState.Terminating(var ignored, var blocked) && blocked;
    }

    /**
     * After too many writes Crossplane looks away for minutes, even from edits of the Environment. The condition stays as it
     * is until something else happens, at which Crossplane then looks again.
     */
    private boolean listens(Instant now) {
        var deaf = observed.composite()
                .condition("Responsive")
                .filter(responsive -> responsive.status().equals("False"));
        return deaf.isEmpty()
                || deaf.flatMap(Condition::since)
                        .filter(since -> now.isAfter(since.plus(DEAF)))
                        .isPresent();
    }
}
