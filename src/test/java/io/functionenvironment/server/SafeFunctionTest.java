package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SafeFunctionTest {
    private static final ByteString FIVE_MEGABYTES = ByteString.copyFrom(new byte[5 * 1024 * 1024]);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(out, true, StandardCharsets.UTF_8), true);

    @Test
    void returnsWhatTheFunctionAnswers() {
        assertEquals(Requests.passOn(Requests.packed()), answer(Requests::passOn, Requests.packed()));
        assertEquals("", said());
    }

    @Test
    void anExceptionBecomesAFatalResultThatPassesEverythingOn() {
        var response = answer(SafeFunctionTest::fail, Requests.packed());
        assertEquals("tag-1", response.getMeta().getTag());
        assertEquals(Requests.packed().getDesired(), response.getDesired());
        assertEquals(Requests.packed().getContextList(), response.getContextList());
        var result = response.getResults(0);
        assertEquals(Severity.SEVERITY_FATAL, result.getSeverity());
        assertTrue(
                result.getMessage()
                        .matches("a bug in the function: IllegalStateException at"
                                + " SafeFunctionTest.java:[0-9]+. Nothing was changed; see the function's log"),
                result.getMessage());
    }

    @Test
    void anExceptionIsLoggedOnceAndWithoutItsMessage() {
        answer(SafeFunctionTest::fail, Requests.packed());
        var entry = LogTest.only(said());
        assertEquals("error", entry.path("level").asText());
        assertEquals(
                "unexpected java.lang.IllegalStateException", entry.path("msg").asText());
        assertEquals(
                "team-a/dev",
                entry.path("namespace").asText() + "/" + entry.path("name").asText());
        var stack = entry.path("stack").asText();
        assertTrue(stack.startsWith("java.lang.IllegalStateException\n    at "), stack);
        assertTrue(stack.contains("\ncaused by java.io.IOException\n"), stack);
        assertFalse(said().contains("hunter2"), said());
    }

    private static PackedResponse fail(PackedRequest request) {
        throw new IllegalStateException("hunter2", new IOException("hunter2"));
    }

    @Test
    void anEndlessRecursionIsAnswered() {
        var response = answer(SafeFunctionTest::recurse, Requests.packed());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertTrue(LogTest.only(said()).path("stack").asText().lines().count() < 50, said());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static PackedResponse recurse(PackedRequest request) {
        return recurse(request);
    }

    @Test
    void anEmptyRequestIsAnswered() {
        var response = answer(SafeFunctionTest::fail, PackedRequest.getDefaultInstance());
        assertFalse(response.hasDesired());
        assertEquals(0, response.getContextCount());
        assertEquals("", LogTest.only(said()).path("name").asText());
    }

    @Test
    void aResponseThatIsTooLongForCrossplaneBecomesAFatalResult() {
        var response = answer(
                request -> Requests.passOn(request).toBuilder()
                        .addContext(FIVE_MEGABYTES)
                        .build(),
                Requests.packed());
        assertEquals(
                "the response is too large: 5.0 MiB; Crossplane accepts at most 4 MiB. Request fewer apps or smaller"
                        + " values, or reduce what earlier steps desire",
                response.getResults(0).getMessage());
        assertEquals(Requests.packed().getDesired(), response.getDesired());
    }

    @Test
    void aFatalResponseIsNeverTooLong() {
        var request = Requests.packed().toBuilder();
        request.getDesiredBuilder().putResources("bulky", FIVE_MEGABYTES);
        var response = answer(Requests::passOn, request.build());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertEquals("tag-1", response.getMeta().getTag());
        assertFalse(response.hasDesired());
    }

    private PackedResponse answer(Function<PackedRequest, PackedResponse> function, PackedRequest request) {
        return new SafeFunction(function, new Metrics(), log).apply(request);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
