package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.server.logging.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The log lines of the server. */
class LogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(out, true, StandardCharsets.UTF_8), true);

    /** Parses a text that must be one log line. */
    static JsonNode only(String text) {
        assertEquals(1, text.lines().count(), text);
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void eachEntryIsAJsonObjectOnOneLine() {
        log.warn("two\nlines and a \"quote\"");
        var entry = only(logged());
        assertEquals("warn", entry.path("level").asText());
        assertEquals("two\nlines and a \"quote\"", entry.path("msg").asText());
        var age = Duration.between(Instant.parse(entry.path("ts").asText()), Instant.now());
        assertTrue(age.toSeconds() < 60, entry.toString());
    }

    @Test
    void successfulCallsAreLoggedOnlyInDebugMode() {
        var request = Requests.packed();
        var response = Requests.passOn(request);
        new Log(log.out(), false).answered(request, response, Duration.ofMillis(3));
        assertEquals("", logged());
        log.answered(request, response, Duration.ofMillis(3));
        var entry = only(logged());
        assertEquals(
                "debug answered team-a dev 3.0 %d %d"
                        .formatted(request.getSerializedSize(), response.getSerializedSize()),
                "%s %s %s %s %s %s %s"
                        .formatted(
                                entry.path("level").asText(),
                                entry.path("msg").asText(),
                                entry.path("namespace").asText(),
                                entry.path("name").asText(),
                                entry.path("milliseconds").asText(),
                                entry.path("requestBytes").asText(),
                                entry.path("responseBytes").asText()));
    }

    @Test
    void aNameWithALineBreakCannotForgeAnEntry() {
        var metadata = Struct.newBuilder().putFields("name", Requests.text("dev\n{\"level\":\"error\"}"));
        var request = PackedRequest.newBuilder();
        request.getObservedBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .putFields(
                        "metadata", Value.newBuilder().setStructValue(metadata).build());
        log.unexpected(request.build(), new IllegalStateException());
        assertEquals("dev?{\"level\":\"error\"}", only(logged()).path("name").asText());
    }

    private String logged() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
