package io.functionenvironment.server.logging;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's log, one JSON object per line. It is safe for use by several threads. Of a request it contains only the
 * namespace and name of the composite resource.
 *
 * @param out receives the lines
 * @param debug whether successful calls are logged
 */
public record Log(PrintStream out, boolean debug) {
    /** A stack overflow has about a thousand frames; the first ones are enough to find the cause. */
    private static final int MAX_FRAMES = 40;

    private static final int MAX_CAUSES = 5;

    private static final JsonFactory JSON = new JsonFactory();

    public void info(String message) {
        write("info", message, json -> {});
    }

    public void warn(String message) {
        write("warn", message, json -> {});
    }

    /** Logs a call that was answered, with its duration and sizes, if {@code debug} is set. */
    public void answered(PackedRequest request, PackedResponse response, Duration time) {
        if (debug) {
            write("debug", "answered", json -> {
                composite(json, request);
                json.writeNumberField("milliseconds", Math.round(time.toNanos() / 1e4) / 1e2);
                json.writeNumberField("requestBytes", request.getSerializedSize());
                json.writeNumberField("responseBytes", response.getSerializedSize());
            });
        }
    }

    /** Logs a call that still runs although its caller has gone, or its deadline has passed. */
    public void late(PackedRequest request) {
        write("warn", "the caller no longer waits for a call that still runs", json -> composite(json, request));
    }

    /** Logs the type and stack of an exception, but not its message, which may quote the request. */
    public void unexpected(PackedRequest request, Throwable thrown) {
        write("error", "unexpected " + thrown.getClass().getName(), json -> {
            composite(json, request);
            json.writeStringField("stack", stack(thrown));
        });
    }

    /** Logs a message of a library. Library messages are fixed texts; the message of {@code thrown} may quote input. */
    void library(String level, String logger, String message, Optional<Throwable> thrown) {
        write(level, message, json -> {
            json.writeStringField("logger", logger);
            if (thrown.isPresent()) {
                json.writeStringField("stack", stack(thrown.get()));
            }
        });
    }

    /** Logs a connection that broke: anybody can cause that, so it is one line without a stack. */
    void broken(String logger, Throwable thrown, long before) {
        write("info", "Transport failed", json -> {
            json.writeStringField("logger", logger);
            json.writeStringField("cause", causes(thrown));
            json.writeNumberField("othersBefore", before);
        });
    }

    private static String causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .map(cause -> cause.getClass().getName())
                .distinct()
                .collect(joining(", "));
    }

    private static void composite(JsonGenerator json, PackedRequest request) throws IOException {
        var composite = CompositeRef.of(request);
        json.writeStringField("namespace", composite.namespace());
        json.writeStringField("name", composite.name());
    }

    private static String stack(Throwable thrown) {
        var lines = new StringBuilder(thrown.getClass().getName());
        var cause = thrown;
        for (var depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            lines.append(depth == 0 ? "" : "\ncaused by " + cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                lines.append("\n    at ").append(frames[i]);
            }
        }
        return lines.toString();
    }

    /** Writes the fields that follow {@code msg}. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private void write(String level, String message, Fields fields) {
        var line = new StringWriter();
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField(
                    "ts", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("level", level);
            json.writeStringField("msg", message);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write to a string", impossible);
        }
        out.println(line);
    }
}
