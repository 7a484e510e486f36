package io.functionenvironment.server;

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
import java.util.Optional;

/**
 * What the server says while it runs: a JSON object per line, as other functions do. Of a request there is nothing in it
 * but namespace and name of the composite resource.
 *
 * @param debug whether calls that went well are worth a line
 */
public record Log(PrintStream out, boolean debug) {
    /** The caller is told some frames of it; a stack overflow has a thousand. */
    private static final int MOST_FRAMES = 40;

    private static final JsonFactory JSON = new JsonFactory();

    public void info(String message) {
        write("info", message, json -> {});
    }

    public void warn(String message) {
        write("warn", message, json -> {});
    }

    public void answered(PackedRequest request, PackedResponse response, Duration time) {
        if (debug) {
            write("debug", "answered", json -> {
                name(json, request);
                json.writeNumberField("milliseconds", Math.round(time.toNanos() / 1e4) / 1e2);
                json.writeNumberField("requestBytes", request.getSerializedSize());
                json.writeNumberField("responseBytes", response.getSerializedSize());
            });
        }
    }

    /** Logs where it was thrown, but not its message, which may quote the request. */
    public void unexpected(PackedRequest request, Throwable thrown) {
        write("error", "unexpected " + thrown.getClass().getName(), json -> {
            name(json, request);
            json.writeStringField("stack", stack(thrown));
        });
    }

    /** What a library says of itself; its words are fixed, but those of an exception may quote what came in. */
    public void library(String level, String logger, String message, Optional<Throwable> thrown) {
        write(level, message, json -> {
            json.writeStringField("logger", logger);
            if (thrown.isPresent()) {
                json.writeStringField("stack", stack(thrown.get()));
            }
        });
    }

    private static void name(JsonGenerator json, PackedRequest request) throws IOException {
        var name = CompositeRef.of(request);
        json.writeStringField("namespace", name.namespace());
        json.writeStringField("name", name.name());
    }

    private static String stack(Throwable thrown) {
        var lines = new StringBuilder(thrown.getClass().getName());
        var cause = thrown;
        for (var depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            lines.append(depth == 0 ? "" : "\ncaused by " + cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                lines.append("\n    at ").append(frames[i]);
            }
        }
        return lines.toString();
    }

    /** More that is to be said in an entry. */
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
            throw new UncheckedIOException("a string takes whatever is written to it", impossible);
        }
        out.println(line);
    }
}
