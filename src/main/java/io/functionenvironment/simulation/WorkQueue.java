package io.functionenvironment.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A controller's queue: each object is in it once, worked on by one worker, and retried with a growing delay. */
final class WorkQueue {
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final Timeline timeline;
    private final Duration longestRetry;
    private final Function<Ref, Outcome> work;
    private final Set<Ref> waiting = new LinkedHashSet<>();
    private final Set<Ref> busy = new HashSet<>();
    private final Map<Ref, Integer> failures = new HashMap<>();
    private final Map<Ref, Instant> wakes = new HashMap<>();
    private boolean stopped;

    WorkQueue(Timeline timeline, Duration longestRetry, Function<Ref, Outcome> work) {
        this.timeline = timeline;
        this.longestRetry = longestRetry;
        this.work = work;
    }

    /** Has an object looked at as soon as possible. */
    void add(Ref ref) {
        if (waiting.add(ref) && !stopped && !busy.contains(ref)) {
            timeline.after(LATENCY, () -> take(ref));
        }
    }

    void stop() {
        stopped = true;
    }

    /** Starts over, as a new process does: without memory of earlier failures. */
    void start() {
        stopped = false;
        failures.clear();
        wakes.clear();
        var all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(this::add);
    }

    private void take(Ref ref) {
        if (!stopped && !busy.contains(ref) && waiting.remove(ref)) {
            finish(ref, work.apply(ref));
        }
    }

    private void finish(Ref ref, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> failures.remove(ref);
            case Outcome.Later(var delay) -> {
                failures.remove(ref);
                wake(ref, delay);
            }
            case Outcome.Retry() -> {
                var before = failures.merge(ref, 1, Integer::sum) - 1;
                var delay = FIRST_RETRY.multipliedBy(1L << Math.min(before, 16));
                wake(ref, delay.compareTo(longestRetry) > 0 ? longestRetry : delay);
            }
            case Outcome.Busy(var takes, var then) -> {
                busy.add(ref);
                timeline.after(takes, () -> {
                    busy.remove(ref);
                    finish(ref, then.get());
                    if (waiting.remove(ref)) {
                        add(ref);
                    }
                });
            }
        }
    }

    /** Of several times at which an object is to be looked at again the earliest counts. */
    private void wake(Ref ref, Duration delay) {
        var at = timeline.now().plus(delay);
        if (wakes.get(ref) instanceof Instant earlier && !at.isBefore(earlier)) {
            return;
        }
        wakes.put(ref, at);
        timeline.after(delay, () -> {
            if (wakes.remove(ref, at)) {
                add(ref);
            }
        });
    }
}
