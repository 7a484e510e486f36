package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Readiness;
import java.time.Duration;
import java.time.Instant;

/** Whether the cluster that a component is in can be reached, as the component that shows it and its own provider report. */
record ClusterReachability(Observed observed, Instant now) {
    /** How long a control plane may be away before it counts as lost: longer than a restart. */
    private static final Duration RESTART = Duration.ofMinutes(2);

    boolean responds(Component component) {
        return component
                .alive()
                .flatMap(alive -> observed.get(alive.on()).filter(seen -> shows(alive, seen)))
                .isPresent();
    }

    /** Whether a component can be uninstalled from its cluster now, and there is something to uninstall. */
    boolean permitsUninstalling(Component component, ObservedResource seen) {
        return ProviderError.mayExist(seen) && responds(component) && !unobservable(seen);
    }

    private static boolean shows(Dependency alive, ObservedResource seen) {
        return switch (alive.when()) {
            case EXISTS -> true;
            case READY -> Readiness.READY_AND_SYNCED.of(seen);
            case KUBECONFIG -> Kubeconfig.handedOut(seen);
        };
    }

    /** Whether nobody will be able to delete it there. */
    boolean lost(Component component, ObservedResource seen) {
        return silent(component) || unobservable(seen);
    }

    /** Whether the provider has failed to look at it for so long that it will not be able to delete it. */
    boolean unobservable(ObservedResource seen) {
        return ProviderError.cannotObserve(seen)
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    /** Whether the provider reaches it, fails to delete it, and has had time to. */
    boolean undeletable(ObservedResource seen) {
        return ProviderError.cannotDelete(seen)
                && seen.deletingSince().filter(this::longAgo).isPresent();
    }

    private boolean silent(Component component) {
        return component
                .alive()
                .flatMap(alive -> observed.get(alive.on()))
                .flatMap(seen -> seen.condition("Ready"))
                .filter(ready -> !ready.isTrue())
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    private boolean longAgo(Instant since) {
        return Duration.between(since, now).compareTo(RESTART) > 0;
    }
}
