package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.logging.Log;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers prepared requests, from bytes to bytes, so that the code is loaded and compiled before the server reports ready.
 * These requests are not counted in the metrics.
 *
 * @param requests supplies serialized requests; an empty list skips the warm-up
 */
record WarmUp(Supplier<List<byte[]>> requests, Function<PackedRequest, PackedResponse> function, Log log) {
    /** The first call takes a hundred times as long as a later one; after these calls it is less than twice as long. */
    private static final int CALLS = 150;

    /** A pod with very little CPU should report ready even if it is not warm yet. */
    private static final Duration MAX_TIME = Duration.ofSeconds(3);

    /** {@code crossplane render} starts a server for a single call, which should have the CPU for itself. */
    private static final Duration DELAY = Duration.ofMillis(300);

    /** Runs in the background, because the server already answers calls meanwhile. */
    void start(Runnable whenWarm) {
        var thread = new Thread(() -> run(whenWarm), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports ready even after a failure: a cold server is better than none. */
    private void run(Runnable whenWarm) {
        try {
            Thread.sleep(DELAY);
            answer(requests.get());
        } catch (Throwable unexpected) {
            log.unexpected(PackedRequest.getDefaultInstance(), unexpected);
        } finally {
            whenWarm.run();
            log.info("ready");
        }
    }

    private void answer(List<byte[]> serialized) {
        if (serialized.isEmpty()) {
            log.warn("starting cold: this build has no warm-up requests, so the first calls are slow");
        }
        var end = System.nanoTime() + MAX_TIME.toNanos();
        for (var i = 0; !serialized.isEmpty() && i < CALLS && System.nanoTime() < end; i++) {
            ParsedRequest.of(serialized.get(i % serialized.size()))
                    .request()
                    .ifPresent(request -> SortedMarshaller.bytes(function.apply(request)));
        }
    }
}
