package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
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
    private static final String FIVE_MEGABYTES = "x".repeat(5 * 1024 * 1024);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(out, true, StandardCharsets.UTF_8), true);

    @Test
    void passesOnWhatTheFunctionAnswers() {
        assertEquals(Requests.passOn(Requests.request()), answer(Requests::passOn, Requests.request()));
        assertEquals("", said());
    }

    @Test
    void whatIsThrownBecomesAFatalResultThatChangesNothing() {
        var response = answer(SafeFunctionTest::fail, Requests.request());
        assertEquals("tag-1", response.getMeta().getTag());
        assertEquals(Requests.request().getDesired(), response.getDesired());
        assertEquals(Requests.request().getContext(), response.getContext());
        var result = response.getResults(0);
        assertEquals(Severity.SEVERITY_FATAL, result.getSeverity());
        assertTrue(
                result.getMessage()
                        .matches("cannot compose, because of a fault in the function: IllegalStateException at"
                                + " SafeFunctionTest.java:[0-9]+. Its log has more; nothing was changed"),
                result.getMessage());
    }

    @Test
    void whatIsThrownIsLoggedOnceAndWithoutContent() {
        answer(SafeFunctionTest::fail, Requests.request());
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

    private static RunFunctionResponse fail(RunFunctionRequest request) {
        throw new IllegalStateException("hunter2", new IOException("hunter2"));
    }

    @Test
    void evenAnEndlessRecursionIsAnswered() {
        var response = answer(SafeFunctionTest::recurse, Requests.request());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertTrue(LogTest.only(said()).path("stack").asText().lines().count() < 50, said());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static RunFunctionResponse recurse(RunFunctionRequest request) {
        return recurse(request);
    }

    @Test
    void aRequestWithoutAnythingIsAnswered() {
        var response = answer(SafeFunctionTest::fail, RunFunctionRequest.getDefaultInstance());
        assertFalse(response.hasDesired());
        assertFalse(response.hasContext());
        assertEquals("", LogTest.only(said()).path("name").asText());
    }

    @Test
    void anAnswerThatCrossplaneCannotTakeBecomesAFatalResult() {
        var response = answer(
                request -> Requests.passOn(request).toBuilder()
                        .setContext(Struct.newBuilder().putFields("long", Requests.text(FIVE_MEGABYTES)))
                        .build(),
                Requests.request());
        assertEquals(
                "cannot answer: what is desired has 5.0 MiB, and Crossplane takes 4 MiB at most; fewer apps, smaller"
                        + " values or less from earlier steps would fit",
                response.getResults(0).getMessage());
        assertEquals(Requests.request().getDesired(), response.getDesired());
    }

    @Test
    void aFatalResultItselfIsNeverTooLong() {
        var bulky = Resource.newBuilder().putConnectionDetails("long", ByteString.copyFromUtf8(FIVE_MEGABYTES));
        var request = Requests.request().toBuilder();
        request.getDesiredBuilder().putResources("bulky", bulky.build());
        var response = answer(Requests::passOn, request.build());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertEquals("tag-1", response.getMeta().getTag());
        assertFalse(response.hasDesired());
    }

    private RunFunctionResponse answer(
            Function<RunFunctionRequest, RunFunctionResponse> function, RunFunctionRequest request) {
        return new SafeFunction(function, new Metrics(), log).apply(request);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
