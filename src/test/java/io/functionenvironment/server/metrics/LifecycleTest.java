package io.functionenvironment.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The phases of the server and its running calls. */
class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void aCallThatRunsForMinutesIsStuck() {
        var minute = 60_000_000_000L;
        try (var call = lifecycle.begin()) {
            assertTrue(call.time().toMinutes() < 1);
            assertEquals(Optional.empty(), lifecycle.stuck(System.nanoTime() + minute));
            assertEquals(
                    7,
                    lifecycle
                            .stuck(System.nanoTime() + 7 * minute)
                            .orElseThrow()
                            .toMinutes());
        }
        assertEquals(Optional.empty(), lifecycle.stuck(System.nanoTime() + 7 * minute));
    }

    @Test
    void aDrainingServerDoesNotBecomeReady() {
        lifecycle.draining();
        lifecycle.ready();
        assertEquals(Lifecycle.Phase.DRAINING, lifecycle.phase());
    }

    @Test
    void statusCodesAreSpelledAsInGo() {
        assertEquals(
                "OK Canceled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied"
                        + " ResourceExhausted FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable"
                        + " DataLoss Unauthenticated",
                String.join(
                        " ",
                        Arrays.stream(Status.Code.values())
                                .map(CallMetrics::goName)
                                .toList()));
    }
}
