package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.EnvironmentDeletionGuard;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether an app may have the right to delete: only as long as its Environment cannot be deleted under it. */
public record Guard(Observed observed, Instant now) {
    /** Crossplane may have been told to have no Usages; then none of them ever becomes ready. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Whether the Environment is kept, or will not be however long one waits. */
    public boolean holds(String app) {
        return observed.get(EnvironmentDeletionGuard.usage(app))
                .filter(usage -> !usage.deleting())
                .filter(usage -> Readiness.READY.of(usage) || old(usage))
                .isPresent();
    }

    /** Whether an app has the right to delete, or may have it because nobody has looked. */
    public boolean needed(String app) {
        var left = new UntrackedResources(observed);
        var seen = observed.get(app);
        return left.dropped().containsKey(app)
                || seen.flatMap(Resource::read)
                        .filter(resource -> resource instanceof Release release
                                && release.policy().deletes())
                        .isPresent()
                || (seen.isEmpty() && left.releases().isEmpty());
    }

    private boolean old(ObservedResource usage) {
        return usage.created()
                .filter(created -> created.plus(PATIENCE).isBefore(now))
                .isPresent();
    }

    /** The app that a component is the guard of, if it is one. */
    public Optional<String> app(Component component) {
        return component.resource() instanceof Usage usage
                ? new EnvironmentDeletionGuard(observed).app(usage)
                : Optional.empty();
    }
}
