package io.functionenvironment.server.logging;

import java.time.Duration;
import java.util.OptionalLong;

/** Lets through one of many events of a kind in a while, and counts the others. */
final class Seldom {
    private final Duration pause;
    private boolean any;
    private long last;
    private long skipped;

    Seldom(Duration pause) {
        this.pause = pause;
    }

    /**
     * The number of events since the last one that was let through; empty if this one is not.
     *
     * @param nanoTime the current {@link System#nanoTime}
     */
    synchronized OptionalLong pass(long nanoTime) {
        if (any && nanoTime - last < pause.toNanos()) {
            skipped++;
            return OptionalLong.empty();
        }
        var before = skipped;
        any = true;
        last = nanoTime;
        skipped = 0;
        return OptionalLong.of(before);
    }
}
