package io.functionenvironment.report;

import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.cluster.Nudge;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.State;
import io.functionenvironment.observed.Condition;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.settings.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again, at the latest. */
record Interval(Progress progress, Leaving leaving, Observed observed, Timing timing) {

    Duration from(Instant now) {
        var cluster = observed.get(Cluster.CLUSTER);
        var served = cluster.filter(Kubeconfig::handedOut).isPresent();
        if (progress.state(Cluster.CLUSTER).isPresent() && !served) {
            return Nudge.interval(cluster, now, timing.waiting());
        }
        if (moving()) {
            return timing.waiting();
        }
        var health = observed.get(Cluster.HEALTH).filter(seen -> !seen.is("Ready"));
        if (health.isPresent()) {
            var again = Nudge.interval(health, now, timing.waiting());
            return again.compareTo(timing.converging()) < 0 ? again : timing.converging();
        }
        if (progress.clusterReady() && progress.appsReady()) {
            return listens() ? timing.settled() : timing.converging();
        }
        // What comes up is heard of only now, as long as Crossplane does not listen.
        return listens() ? timing.converging() : timing.waiting();
    }

    /** Whether something is on its way out, which nobody tells us of. */
    private boolean moving() {
        return (!leaving.words().isEmpty()
                        && progress.decisions().values().stream().noneMatch(Interval::blocked))
                || progress.decisions().values().stream()
                        .anyMatch(decision -> !decision.component().wanted() && !blocked(decision));
    }

    private static boolean blocked(Decision decision) {
        return decision.state() instanceof State.Leaving(var ignored, var blocked) && blocked;
    }

    /** After too many writes Crossplane looks away for minutes, even from edits of the Environment. */
    private boolean listens() {
        return !observed.composite()
                .condition("Responsive")
                .map(Condition::status)
                .equals(Optional.of("False"));
    }
}
