package io.functionenvironment.cli;

import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.preview.WarmupRequests;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.FunctionServer;
import io.functionenvironment.server.ServerOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code environment serve}: answers Crossplane until it is told to end. */
final class ServeCommand {
    private ServeCommand() {}

    static int run(List<String> arguments, Terminal terminal) throws UsageError {
        return switch (ServerOptions.parse(arguments, System.getenv())) {
            case ServerOptions.Parsed.Refused(var errors) -> throw new UsageError(String.join("\n", errors));
            case ServerOptions.Parsed.Accepted(var options) -> serve(options, terminal);
        };
    }

    private static int serve(ServerOptions options, Terminal terminal) {
        try {
            FunctionServer.start(options, request -> answer(request, options), ServeCommand::rehearsal, System.err)
                    .serveUntilStopped();
            return 0;
        } catch (IOException cannot) {
            terminal.err(String.valueOf(cannot.getMessage()));
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static List<PackedRequest> rehearsal() {
        return WarmupRequests.requests().stream().map(FunctionRequest::packed).toList();
    }

    private static PackedResponse answer(PackedRequest request, ServerOptions options) {
        var now = options.clock().orElseGet(Instant::now);
        return EnvironmentFunction.run(new FunctionRequest(request), now).packed();
    }
}
