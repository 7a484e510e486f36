package io.functionenvironment.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Crossplane's guard against composites that never come to rest: a bucket of tokens that events empty and time fills. */
final class CircuitBreaker {
    private static final double BURST = 100;
    private static final Duration COOLDOWN = Duration.ofMinutes(5);
    private static final Duration PROBE = Duration.ofSeconds(30);

    private double tokens = BURST;
    private double least = BURST;
    private Instant filled;
    private Instant openUntil = Instant.MIN;
    private Instant probe = Instant.MIN;
    private final List<Instant> openings = new ArrayList<>();

    CircuitBreaker(Instant now) {
        this.filled = now;
    }

    /** Whether an event gets through. One costs a token for every object in it, the old and the new; the end is free. */
    boolean allows(Change change, Instant now) {
        if (change.after()
                .filter(object -> object.at("metadata", "deletionTimestamp").isEmpty())
                .isEmpty()) {
            return true;
        }
        tokens = Math.min(BURST, tokens + Duration.between(filled, now).toMillis() / 1000.0);
        filled = now;
        if (now.isBefore(openUntil)) {
            var lets = !now.isBefore(probe);
            probe = lets ? now.plus(PROBE) : probe;
            return lets;
        }
        openUntil = Instant.MIN;
        var cost = change.before().isPresent() ? 2 : 1;
        if (tokens < cost) {
            openings.add(now);
            openUntil = now.plus(COOLDOWN);
            probe = now.plus(PROBE);
        }
        tokens = Math.max(0, tokens - cost);
        least = Math.min(least, tokens);
        return true;
    }

    /** A composite that is gone takes its account along. */
    void forget() {
        tokens = BURST;
        openUntil = Instant.MIN;
        probe = Instant.MIN;
    }

    /** Whether it counts as open. That ends with the first event after its time, so at rest it never does. */
    boolean open() {
        return openUntil.isAfter(Instant.MIN);
    }

    List<Instant> openings() {
        return List.copyOf(openings);
    }

    double least() {
        return least;
    }
}
