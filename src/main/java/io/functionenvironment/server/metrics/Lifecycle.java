package io.functionenvironment.server.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How far the server is with its life, and whether its calls come to an end. It may be asked and told by any thread. */
public final class Lifecycle {
    /** From which on the kubelet should send traffic elsewhere or not yet here, but for the one in the middle. */
    enum Phase {
        WARMING_UP("warming up"),
        READY("ready"),
        DRAINING("draining");

        final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    /** Crossplane gives up after two minutes, and a call is over in milliseconds: what runs this long does not end. */
    static final Duration LONGEST_CALL = Duration.ofMinutes(5);

    private volatile Phase phase = Phase.WARMING_UP;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    /** Ready, unless it is already about to end. */
    public synchronized void ready() {
        phase = phase == Phase.WARMING_UP ? Phase.READY : phase;
    }

    public synchronized void draining() {
        phase = Phase.DRAINING;
    }

    Phase phase() {
        return phase;
    }

    /** A call that runs until it is closed. */
    public Call begin() {
        return new Call(running, System.nanoTime());
    }

    /** How many calls run. */
    public int running() {
        return running.size();
    }

    /** How long a call has been running that will not end any more, if there is one. */
    Optional<Duration> stuck(long nanoTime) {
        return running.stream()
                .map(call -> Duration.ofNanos(nanoTime - call.start))
                .filter(time -> time.compareTo(LONGEST_CALL) > 0)
                .max(Duration::compareTo);
    }

    /** One of the calls that run. */
    public static final class Call implements AutoCloseable {
        private final Set<Call> running;
        private final long start;

        private Call(Set<Call> running, long start) {
            this.running = running;
            this.start = start;
            running.add(this);
        }

        public Duration time() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
