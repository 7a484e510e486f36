package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * While a kubeconfig is awaited, provider-helm looks for it after 1, 2, 4 and finally every 60 seconds, and while a cluster
 * does not serve, provider-kubernetes looks every 30 seconds. A token that changes makes either look at once. Each change wakes Crossplane twice, which closes its ears once a hundred tokens are used up
 * faster than one a second comes back; so the token changes more slowly the longer the wait.
 */
public final class ReconcileRequest {
    /** No cluster is up before; a token would be a write for nothing. */
    public static final Duration NEWBORN = Duration.ofSeconds(10);

    private static final Duration YOUNG = Duration.ofMinutes(2);
    private static final Duration GROWN = Duration.ofMinutes(10);

    private ReconcileRequest() {}

    /**
     * The token for now: the clock, floored to the interval. It stays as it is once what is awaited is there.
     *
     * @param from the age from which it helps
     */
    public static Optional<String> token(
            Optional<ObservedResource> resource, boolean awaited, Duration from, Instant now, Duration waiting) {
        if (resource.isEmpty() || !awaited || age(resource, now).compareTo(from) < 0) {
            return resource.flatMap(seen -> seen.annotation(Release.NUDGE));
        }
        var interval = interval(resource, now, waiting).toSeconds();
        return Optional.of(Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), interval) * interval)
                .toString());
    }

    /** How long to wait before looking again. */
    public static Duration interval(Optional<ObservedResource> release, Instant now, Duration waiting) {
        return interval(age(release, now), waiting);
    }

    /** The longer one has waited, the longer. */
    public static Duration interval(Duration age, Duration waiting) {
        if (age.compareTo(YOUNG) < 0) {
            return waiting;
        }
        return waiting.multipliedBy(age.compareTo(GROWN) < 0 ? 3 : 12);
    }

    private static Duration age(Optional<ObservedResource> release, Instant now) {
        return release.flatMap(ObservedResource::created)
                .map(created -> Duration.between(created, now))
                .orElse(Duration.ZERO);
    }
}
