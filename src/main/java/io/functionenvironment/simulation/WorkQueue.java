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

/** A controller's rate-limited work queue: one entry and one worker per object, requeues with exponential backoff. */
final class WorkQueue {
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration BASE_DELAY = Duration.ofSeconds(1);

    private final VirtualClock clock;
    private final Duration maxDelay;
    private final Function<Ref, ReconcileResult> reconciler;
    private final Set<Ref> queued = new LinkedHashSet<>();
    private final Set<Ref> inProgress = new HashSet<>();
    private final Map<Ref, Integer> failures = new HashMap<>();
    private final Map<Ref, Instant> delayed = new HashMap<>();
    private boolean stopped;

    WorkQueue(VirtualClock clock, Duration maxDelay, Function<Ref, ReconcileResult> reconciler) {
        this.clock = clock;
        this.maxDelay = maxDelay;
        this.reconciler = reconciler;
    }

    /** Queues an object for an immediate reconcile. */
    void add(Ref ref) {
        if (queued.add(ref) && !stopped && !inProgress.contains(ref)) {
            clock.schedule(LATENCY, () -> process(ref));
        }
    }

    void stop() {
        stopped = true;
    }

    /** Starts again as a new process: the failure counts, and with them the backoff, are lost. */
    void start() {
        stopped = false;
        failures.clear();
        delayed.clear();
        var all = List.copyOf(queued);
        queued.clear();
        all.forEach(this::add);
    }

    private void process(Ref ref) {
        if (!stopped && !inProgress.contains(ref) && queued.remove(ref)) {
            handle(ref, reconciler.apply(ref));
        }
    }

    private void handle(Ref ref, ReconcileResult result) {
        switch (result) {
            case ReconcileResult.Done() -> failures.remove(ref);
            case ReconcileResult.RequeueAfter(var delay) -> {
                failures.remove(ref);
                addAfter(ref, delay);
            }
            case ReconcileResult.Requeue() -> {
                var retries = failures.merge(ref, 1, Integer::sum) - 1;
                var delay = BASE_DELAY.multipliedBy(1L << Math.min(retries, 16));
                addAfter(ref, delay.compareTo(maxDelay) > 0 ? maxDelay : delay);
            }
            case ReconcileResult.InProgress(var duration, var then) -> {
                inProgress.add(ref);
                clock.schedule(duration, () -> {
                    inProgress.remove(ref);
                    handle(ref, then.get());
                    if (queued.remove(ref)) {
                        add(ref);
                    }
                });
            }
        }
    }

    /** Of several delayed requeues of one object only the earliest counts. */
    private void addAfter(Ref ref, Duration delay) {
        var due = clock.now().plus(delay);
        if (delayed.get(ref) instanceof Instant earlier && !due.isBefore(earlier)) {
            return;
        }
        delayed.put(ref, due);
        clock.schedule(delay, () -> {
            if (delayed.remove(ref, due)) {
                add(ref);
            }
        });
    }
}
