package io.functionenvironment.server.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The phase of the server and its running calls, for probes and draining. It is safe for use by several threads. */
public final class Lifecycle {
    /** The phases in their order; the server is ready only in the second one. */
    enum Phase {
        WARMING_UP("warming up"),
        READY("ready"),
        DRAINING("draining");

        final String text;

        Phase(String text) {
            this.text = text;
        }
    }

    /** A call takes milliseconds, and Crossplane gives up after two minutes: a call that runs longer than this is stuck. */
    static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    private volatile Phase phase = Phase.WARMING_UP;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    /** Ends the warm-up; does nothing while the server is draining. */
    public synchronized void ready() {
        phase = phase == Phase.WARMING_UP ? Phase.READY : phase;
    }

    /** The server accepts no more calls; this is the last phase. */
    public synchronized void draining() {
        phase = Phase.DRAINING;
    }

    Phase phase() {
        return phase;
    }

    /** Registers a call, which runs until it is closed. */
    public Call begin() {
        return new Call(running, System.nanoTime());
    }

    /** The number of running calls. */
    public int running() {
        return running.size();
    }

    /**
     * The age of the oldest stuck call.
     *
     * @param nanoTime the current {@link System#nanoTime}
     */
    Optional<Duration> stuck(long nanoTime) {
        return running.stream()
                .map(call -> Duration.ofNanos(nanoTime - call.start))
                .filter(time -> time.compareTo(STUCK_AFTER) > 0)
                .max(Duration::compareTo);
    }

    /** A running call. */
    public static final class Call implements AutoCloseable {
        private final Set<Call> running;
        private final long start;

        private Call(Set<Call> running, long start) {
            this.running = running;
            this.start = start;
            running.add(this);
        }

        /** The time since the call began. */
        public Duration time() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
