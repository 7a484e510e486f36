package io.functionenvironment.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A clock that advances only from one scheduled task to the next. Tasks due at the same time run in the order scheduled. */
final class VirtualClock {
    private record Task(Instant due, long sequence, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::sequence));
    private final Random random;
    private Instant now;
    private long sequence;

    VirtualClock(Instant start, long seed) {
        this.now = start;
        this.random = new Random(seed);
    }

    Instant now() {
        return now;
    }

    Random random() {
        return random;
    }

    /** The duration, up to 10% shorter or longer, as controllers spread periodic work. */
    Duration jittered(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * (0.9 + 0.2 * random.nextDouble())));
    }

    void schedule(Duration delay, Runnable action) {
        tasks.add(new Task(now.plus(delay), sequence++, action));
    }

    /** Runs tasks until the condition holds or the limit is reached; returns whether the condition holds. */
    boolean runUntil(BooleanSupplier condition, Instant limit) {
        while (!condition.getAsBoolean()) {
            var next = tasks.peek();
            if (next == null || next.due.isAfter(limit)) {
                now = limit.isAfter(now) ? limit : now;
                return false;
            }
            tasks.remove();
            now = next.due.isAfter(now) ? next.due : now;
            next.action.run();
        }
        return true;
    }
}
