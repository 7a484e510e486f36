package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers calls that nobody made, from bytes to bytes, so that those that somebody makes find everything loaded and
 * compiled. They are not counted.
 *
 * @param rehearsal makes the requests
 */
record WarmUp(Supplier<List<PackedRequest>> rehearsal, Function<PackedRequest, PackedResponse> function, Log log) {
    /** The first call takes a hundred times what a later one takes, the one after these less than twice; then it falls slowly. */
    private static final int CALLS = 150;

    /** A pod that has next to no processor should serve slowly rather than never. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Who starts a server for a single call, as {@code crossplane render} does, makes it at once and should have all of it. */
    private static final Duration HEAD_START = Duration.ofMillis(300);

    /** Goes on in the background, because calls that come in meanwhile are better answered slowly than not. */
    void begin(Runnable whenWarm) {
        var thread = new Thread(() -> warm(whenWarm), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ready in any case: a server that is cold is of more use than none. */
    private void warm(Runnable whenWarm) {
        try {
            Thread.sleep(HEAD_START);
            run();
        } catch (Throwable unexpected) {
            log.unexpected(PackedRequest.getDefaultInstance(), unexpected);
        } finally {
            whenWarm.run();
            log.info("ready");
        }
    }

    private void run() {
        var end = System.nanoTime() + LONGEST.toNanos();
        var requests = rehearsal.get().stream().map(PackedRequest::toByteArray).toList();
        for (var i = 0; !requests.isEmpty() && i < CALLS && System.nanoTime() < end; i++) {
            ParsedRequest.of(requests.get(i % requests.size()))
                    .request()
                    .ifPresent(request -> SortedMarshaller.bytes(function.apply(request)));
        }
    }
}
