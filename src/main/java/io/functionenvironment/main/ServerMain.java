package io.functionenvironment.main;

import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.Registry;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.FunctionServer;
import io.functionenvironment.server.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The server's entry point, which the image starts. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) {
        var status = run(List.of(arguments), System.getenv(), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Serves until SIGTERM.
     *
     * @param arguments flags of {@link ServerOptions}, or {@code --help}. A leading {@code serve} is ignored: it is a
     *     command of the command line for people, and scripts and runtime configs that start this image may repeat it
     * @param out receives the help text
     * @param err receives errors, and the log as JSON lines
     * @return the exit status: 0 after SIGTERM or for help, 1 if the server cannot start, 2 for invalid flags
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        var flags = !arguments.isEmpty() && arguments.getFirst().equals("serve")
                ? arguments.subList(1, arguments.size())
                : arguments;
        if (flags.contains("--help") || flags.contains("-h")) {
            out.print(ServerOptions.usage("function-environment"));
            out.flush();
            return 0;
        }
        return switch (ServerOptions.parse(flags, environment)) {
            case ServerOptions.Parsed.Rejected(var errors) -> {
                errors.forEach(err::println);
                err.println("Run with --help for help.");
                yield 2;
            }
            case ServerOptions.Parsed.Accepted(var options) -> serve(options, err);
        };
    }

    private static int serve(ServerOptions options, PrintStream err) {
        var function = new EnvironmentFunction(Registry.SHIPPED, options.requireConfig());
        try {
            FunctionServer.start(options, request -> answer(function, request, options), WarmUpRequests::read, err)
                    .serveUntilStopped();
            return 0;
        } catch (IOException cannotStart) {
            err.println(cannotStart.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static PackedResponse answer(EnvironmentFunction function, PackedRequest request, ServerOptions options) {
        var now = options.clock().orElseGet(Instant::now);
        return function.run(new FunctionRequest(request), now).packed();
    }
}
