package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that makes a provider look at once when it changes. While a kubeconfig is awaited, provider-helm looks after 1, 2,
 * 4 and finally every 60 seconds, and while a cluster does not serve, provider-kubernetes looks every 30 seconds. Each change
 * makes Crossplane reconcile twice, and its circuit breaker opens once a hundred tokens are used up faster than one a second
 * comes back. So the token changes at longer intervals the longer the wait.
 */
public final class ReconcileRequest {
    /** Hardly a cluster is up before, and the provider looks by itself after 7 and 15 seconds. */
    public static final Duration FIRST = Duration.ofSeconds(14);

    private static final Duration SHORT_WAIT = Duration.ofMinutes(2);
    private static final Duration LONG_WAIT = Duration.ofMinutes(10);

    private ReconcileRequest() {}

    /**
     * The token for now: the clock, floored to the interval. It stays unchanged once what is awaited is there.
     *
     * @param from the age of the resource from which a token has an effect
     * @param waiting the shortest interval
     */
    public static Optional<String> token(
            Optional<ObservedResource> resource, boolean awaited, Duration from, Instant now, Duration waiting) {
        if (resource.isEmpty() || !awaited || age(resource, now).compareTo(from) < 0) {
            return resource.flatMap(seen -> seen.annotation(ManagedAnnotations.RECONCILE_REQUEST));
        }
        var interval = interval(age(resource, now), waiting).toSeconds();
        return Optional.of(Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), interval) * interval)
                .toString());
    }

    /** How long to wait before the next look at something that has been awaited for some time. */
    public static Duration interval(Duration age, Duration waiting) {
        if (age.compareTo(SHORT_WAIT) < 0) {
            return waiting;
        }
        return waiting.multipliedBy(age.compareTo(LONG_WAIT) < 0 ? 3 : 12);
    }

    /** The age of a resource; zero for one that does not exist. */
    public static Duration age(Optional<ObservedResource> resource, Instant now) {
        return resource.flatMap(ObservedResource::created)
                .map(created -> Duration.between(created, now))
                .orElse(Duration.ZERO);
    }
}
