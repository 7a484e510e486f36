package io.functionenvironment.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Crossplane's watch circuit breaker: a token bucket per composite. While it is open, watch events are dropped. */
final class CircuitBreaker {
    private static final double BURST = 100;
    private static final Duration COOLDOWN = Duration.ofMinutes(5);
    private static final Duration HALF_OPEN_INTERVAL = Duration.ofSeconds(30);

    private double tokens = BURST;
    private double lowest = BURST;
    private Instant refilledAt;
    private Instant openUntil = Instant.MIN;
    private Instant nextProbe = Instant.MIN;
    private final List<Instant> openings = new ArrayList<>();

    CircuitBreaker(Instant now) {
        this.refilledAt = now;
    }

    /** Whether an event triggers a reconcile. It costs a token for each object in it, old and new; deletions are free. */
    boolean allows(WatchEvent event, Instant now) {
        if (event.after()
                .filter(object -> object.at("metadata", "deletionTimestamp").isEmpty())
                .isEmpty()) {
            return true;
        }
        tokens = Math.min(BURST, tokens + Duration.between(refilledAt, now).toMillis() / 1000.0);
        refilledAt = now;
        if (now.isBefore(openUntil)) {
            var halfOpen = !now.isBefore(nextProbe);
            nextProbe = halfOpen ? now.plus(HALF_OPEN_INTERVAL) : nextProbe;
            return halfOpen;
        }
        openUntil = Instant.MIN;
        var cost = event.before().isPresent() ? 2 : 1;
        if (tokens < cost) {
            openings.add(now);
            openUntil = now.plus(COOLDOWN);
            nextProbe = now.plus(HALF_OPEN_INTERVAL);
        }
        tokens = Math.max(0, tokens - cost);
        lowest = Math.min(lowest, tokens);
        return true;
    }

    /** The composite was deleted. */
    void reset() {
        tokens = BURST;
        openUntil = Instant.MIN;
        nextProbe = Instant.MIN;
    }

    /** Stays true after the cooldown until the next event, so at rest for good. */
    boolean open() {
        return openUntil.isAfter(Instant.MIN);
    }

    /** The fewest tokens there ever were. */
    double lowest() {
        return lowest;
    }

    List<Instant> openings() {
        return List.copyOf(openings);
    }
}
