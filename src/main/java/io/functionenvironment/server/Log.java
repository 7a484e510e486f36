package io.functionenvironment.server;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What the server says while it runs.
 *
 * @param debug whether calls that went well are worth a line
 */
record Log(PrintStream out, boolean debug) {
    /** The caller is told some frames of it; a stack overflow has a thousand. */
    private static final int MOST_FRAMES = 40;

    void say(String line) {
        out.println(line);
    }

    void answered(RunFunctionRequest request, RunFunctionResponse response, Duration time) {
        if (debug) {
            say("%s: %.1f ms, %d bytes in, %d bytes out"
                    .formatted(
                            CompositeName.of(request),
                            time.toNanos() / 1e6,
                            request.getSerializedSize(),
                            response.getSerializedSize()));
        }
    }

    /** Says where it was thrown, but not its message, which may quote the request. */
    void unexpected(RunFunctionRequest request, Throwable thrown) {
        var lines = new StringBuilder("%s: unexpected ".formatted(CompositeName.of(request)));
        var cause = thrown;
        for (var depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            lines.append(depth == 0 ? "" : "\ncaused by ")
                    .append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                lines.append("\n    at ").append(frames[i]);
            }
        }
        say(lines.toString());
    }
}
