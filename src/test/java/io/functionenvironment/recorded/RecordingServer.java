package io.functionenvironment.recorded;

import static io.functionenvironment.Requests.FUNCTION;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.FunctionServer;
import io.functionenvironment.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;

/** The function, which also prints each call without secrets: {@code e2e/record} runs it in a cluster and collects its output. */
final class RecordingServer {
    static final String MARK = "RECORDED ";

    private RecordingServer() {}

    public static void main(String[] arguments) throws Exception {
        switch (ServerOptions.parse(Arrays.asList(arguments), System.getenv())) {
            case ServerOptions.Parsed.Rejected(var errors) ->
                throw new IllegalArgumentException(String.join("\n", errors));
            case ServerOptions.Parsed.Accepted(var options) ->
                FunctionServer.start(options, RecordingServer::runAndRecord, System.err)
                        .serveUntilStopped();
        }
    }

    private static PackedResponse runAndRecord(PackedRequest packed) {
        var now = Instant.now();
        var request = new FunctionRequest(packed);
        var response = FUNCTION.run(request, now).packed();
        var sanitized = Sanitizer.sanitize(request.message());
        try {
            // The response to the recorded request: what was removed must not matter.
            var recorded = FUNCTION.run(new FunctionRequest(sanitized), now).message();
            System.out.println(MARK + new Recording(now, sanitized, recorded).line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response;
    }
}
