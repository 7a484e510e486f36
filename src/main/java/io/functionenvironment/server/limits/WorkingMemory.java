package io.functionenvironment.server.limits;

import java.util.concurrent.Semaphore;

/** The heap that calls take while they run. Large calls wait for one another; small ones are not counted. */
public final class WorkingMemory {
    /** Permits are KiB, because a semaphore has an int. */
    private static final int KIBI = 1024;

    private final int kibibytes;
    private final Semaphore free;

    public WorkingMemory(long bytes) {
        this.kibibytes = (int) Math.min(Integer.MAX_VALUE, bytes / KIBI);
        this.free = new Semaphore(kibibytes, true);
    }

    /** Whether a call could run if no other does. */
    public boolean fits(long bytes) {
        return bytes / KIBI < kibibytes;
    }

    /** All of it. */
    public long bytes() {
        return (long) kibibytes * KIBI;
    }

    /** Waits until there is so much, which must fit. It is free again when the result is closed. */
    public Held hold(long bytes) {
        var permits = (int) (bytes / KIBI);
        free.acquireUninterruptibly(permits);
        return new Held(free, permits);
    }

    /** A part that is in use. */
    public record Held(Semaphore free, int permits) implements AutoCloseable {
        @Override
        public void close() {
            free.release(permits);
        }
    }
}
