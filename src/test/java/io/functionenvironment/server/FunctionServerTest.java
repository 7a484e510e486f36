package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.v1.Severity;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Start, calls and stop of the server. */
@Timeout(60)
class FunctionServerTest {
    @Test
    void logsTheAddressThatItServesOn() throws IOException {
        try (var served = Served.of(Requests::passOn)) {
            assertEquals(
                    "serving on localhost:%d (insecure)"
                            .formatted(served.server().port()),
                    LogTest.only(served.log()).path("msg").asText());
        }
    }

    @Test
    void anExceptionOfTheFunctionBecomesAFatalResult() throws IOException {
        try (var served = Served.of(request -> {
            throw new IllegalStateException("broken");
        })) {
            var response = served.call(Requests.request());
            assertEquals("tag-1", response.getMeta().getTag());
            assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
            assertTrue(served.log().contains("\"msg\":\"unexpected java.lang.IllegalStateException\""), served.log());
        }
    }

    @Test
    void runningCallsFinishWhenTheServerStops() throws Exception {
        var started = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var served = Served.of(request -> {
            started.countDown();
            Served.await(finish);
            return Requests.passOn(request);
        })) {
            var answer =
                    CompletableFuture.supplyAsync(() -> served.call(Requests.request()), Thread::startVirtualThread);
            Served.await(started);
            var stopped = CompletableFuture.runAsync(served.server()::close, Thread::startVirtualThread);
            while (!served.log().contains("stopping: waiting for 1 calls in progress")) {
                Thread.sleep(5);
            }
            assertThrows(TimeoutException.class, () -> stopped.get(200, TimeUnit.MILLISECONDS));
            finish.countDown();
            assertEquals(Requests.passOn(Requests.request()), answer.get());
            stopped.get();
            assertThrows(StatusRuntimeException.class, () -> served.call(Requests.request()));
        }
    }

    @Test
    void namesTheAddressThatItCannotListenOn() throws IOException {
        try (var served = Served.of(Requests::passOn)) {
            var port = served.server().port();
            var taken = startError(new Address("localhost", port));
            assertTrue(taken.matches("cannot listen on localhost:%d: .*in use.*".formatted(port)), taken);
        }
        assertEquals(
                "cannot listen on no-such-host.invalid:1: unknown host",
                startError(new Address("no-such-host.invalid", 1)));
    }

    @Test
    void messagesOfLibrariesAreLoggedAsJsonWithoutInput() throws Exception {
        try (var served = Served.of(Requests::passOn);
                var client = new Socket("localhost", served.server().port())) {
            client.getOutputStream()
                    .write("hunter2 is no HTTP/2\r\n\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII));
            while (client.getInputStream().read() >= 0) {}
            while (!served.log().contains("Transport failed")) {
                Thread.sleep(10);
            }
            for (var line : served.log().lines().toList()) {
                assertFalse(LogTest.only(line).has("stack"), line);
            }
            var hex = HexFormat.of().formatHex("hunter2".getBytes(StandardCharsets.US_ASCII));
            assertFalse(served.log().contains("hunter2") || served.log().contains(hex), served.log());
        }
    }

    private static String startError(Address address) {
        var error = assertThrows(
                IOException.class, () -> FunctionServer.start(Served.options(address), Requests::passOn, System.err));
        return String.valueOf(error.getMessage());
    }
}
