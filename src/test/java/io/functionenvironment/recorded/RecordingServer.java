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

/** The function, which also prints each call, cleaned: {@code e2e/record} runs it on a cluster and gathers what it prints. */
final class RecordingServer {
    static final String MARK = "RECORDED ";

    private RecordingServer() {}

    public static void main(String[] arguments) throws Exception {
        switch (ServerOptions.parse(Arrays.asList(arguments), System.getenv())) {
            case ServerOptions.Parsed.Rejected(var errors) ->
                throw new IllegalArgumentException(String.join("\n", errors));
            case ServerOptions.Parsed.Accepted(var options) ->
                FunctionServer.start(options, RecordingServer::answer, System.err)
                        .serveUntilStopped();
        }
    }

    private static PackedResponse answer(PackedRequest packed) {
        var now = Instant.now();
        var request = new FunctionRequest(packed);
        var response = FUNCTION.run(request, now).packed();
        var clean = Cleaning.clean(request.message());
        try {
            // The answer to what is written down: what was taken out must not have mattered.
            var recorded = FUNCTION.run(new FunctionRequest(clean), now).message();
            System.out.println(MARK + new Recording(now, clean, recorded).line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response;
    }
}
