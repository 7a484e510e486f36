package io.functionenvironment.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A clock that stands still until somebody runs what is due; what is due at the same time runs in the order it was said. */
final class Timeline {
    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final Random random;
    private Instant now;
    private long order;

    Timeline(Instant start, long seed) {
        this.now = start;
        this.random = new Random(seed);
    }

    Instant now() {
        return now;
    }

    Random random() {
        return random;
    }

    /** The duration, a tenth shorter or longer, as controllers spread what they repeat. */
    Duration jittered(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * (0.9 + 0.2 * random.nextDouble())));
    }

    void after(Duration delay, Runnable task) {
        queue.add(new Due(now.plus(delay), order++, task));
    }

    /** Runs until the condition holds or there is nothing to do up to the limit; says whether it holds. */
    boolean run(BooleanSupplier until, Instant limit) {
        while (!until.getAsBoolean()) {
            var next = queue.peek();
            if (next == null || next.at.isAfter(limit)) {
                now = limit.isAfter(now) ? limit : now;
                return false;
            }
            queue.remove();
            now = next.at.isAfter(now) ? next.at : now;
            next.task.run();
        }
        return true;
    }
}
