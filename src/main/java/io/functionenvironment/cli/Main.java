package io.functionenvironment.cli;

import java.util.Arrays;
import java.util.List;

/** Where the program begins. */
public final class Main {
    private static final String HELP = """
            usage: environment <command>

              preview ENVIRONMENT.yaml    tells what would become of an Environment, pass by pass
                --settings FILE           the platform's EnvironmentConfig or Settings; may be there several times
                --fail NAME[=MESSAGE]     lets an app, or the cluster, fail; may be there several times
                --until PASS              stops after so many passes
                -o text|yaml              a text to read, or what is composed in the end
              validate FILE...            says all that is wrong with Environments and Settings
              serve [FLAG...]             answers Crossplane
                --address HOST:PORT       where to listen; :9443 if not given
                --tls-certs-dir DIR       has tls.crt, tls.key and ca.crt; or TLS_SERVER_CERTS_DIR
                --metrics-address H:P     where to answer probes and Prometheus; :8080 if not given, none for
                                          nowhere; or METRICS_ADDRESS
                --insecure                lets anyone call without TLS
                --max-recv-message-size N in megabytes; or MAX_RECV_MESSAGE_SIZE
                --debug, -d               logs every call
                --clock TIME              what the function takes for the time
              --help                      this text

            A file may be - for what comes in. The exit status is 0 if all is well, 1 if something is invalid or does not
            become ready, and 2 if a command or a file makes no sense.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        var status = run(Arrays.asList(arguments), Terminal.standard(System.getenv()));
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs a command and says with what status to exit. */
    static int run(List<String> arguments, Terminal terminal) {
        var command = arguments.isEmpty() ? "" : arguments.getFirst();
        var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        if (List.of("--help", "-h", "help").contains(command) || rest.contains("--help")) {
            terminal.print(HELP);
            return 0;
        }
        try {
            return switch (command) {
                case "preview" -> PreviewCommand.run(rest, terminal);
                case "validate" -> ValidateCommand.run(rest, terminal);
                case "serve" -> ServeCommand.run(rest, terminal);
                case "" -> throw new UsageError("a command is missing: preview, validate or serve");
                default ->
                    throw new UsageError("the command is \"" + command + "\", must be preview, validate or serve");
            };
        } catch (UsageError error) {
            terminal.err(error.getMessage() + "\nTry --help.");
            return 2;
        }
    }
}
