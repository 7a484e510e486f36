package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.resource.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the cluster that a component lives in can be reached, as health and its own provider say. */
public record ClusterReachability(Observed observed, Instant now) {
    /** How long a control plane may be away before it counts as gone. */
    private static final Duration RESTART = Duration.ofMinutes(2);

    public boolean answers(Component component) {
        return health(component)
                .filter(health -> Readiness.READY_AND_SYNCED.of(health))
                .isPresent();
    }

    /** Whether nobody will be able to undo it there. */
    public boolean lost(Component component, ObservedResource seen) {
        return silent(component) || unreachable(seen);
    }

    /** Whether the provider has not been able to look at it for so long that it will not be able to remove it. */
    public boolean unreachable(ObservedResource seen) {
        return failing(seen)
                .filter(synced -> synced.message().startsWith("observe failed")
                        || synced.message().startsWith("connect failed"))
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    /** Whether the provider reaches it, fails to remove it, and has had some time to. */
    public boolean stuck(ObservedResource seen) {
        return failing(seen)
                        .filter(synced -> synced.message().startsWith("delete failed"))
                        .isPresent()
                && seen.deletingSince().filter(this::longAgo).isPresent();
    }

    private static Optional<Condition> failing(ObservedResource seen) {
        return seen.condition("Synced").filter(synced -> synced.status().equals("False"));
    }

    /** Whether the cluster has not answered for so long that it is more than a restart. */
    private boolean silent(Component component) {
        return health(component)
                .flatMap(health -> health.condition("Ready"))
                .filter(ready -> !ready.isTrue())
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    private boolean longAgo(Instant since) {
        return Duration.between(since, now).compareTo(RESTART) > 0;
    }

    private Optional<ObservedResource> health(Component component) {
        return component.answers().flatMap(observed::get);
    }
}
