package io.functionenvironment.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the server.
 *
 * @param address of the gRPC server
 * @param monitoring the address of probes and metrics; empty to disable them
 * @param maxRequestBytes larger requests are rejected before they are read
 * @param debug whether to log every call
 * @param requireConfig whether the function changes nothing while the EnvironmentConfig is missing
 * @param clock the time that the function sees, for tests; empty for the real time
 */
public record ServerOptions(
        Address address,
        Security security,
        Optional<Monitoring> monitoring,
        int maxRequestBytes,
        boolean debug,
        boolean requireConfig,
        Optional<Instant> clock) {

    /**
     * Plain HTTP for probes and metrics.
     *
     * @param explicit whether the address was set; the server starts without the default address if it is taken
     */
    public record Monitoring(Address address, boolean explicit) {}

    /** Which clients may call. */
    public sealed interface Security {
        /** Every client; connections are not encrypted. */
        record Insecure() implements Security {
            @Override
            public String toString() {
                return "insecure";
            }
        }

        /**
         * Clients with a certificate of the same authority.
         *
         * @param directory contains tls.crt, tls.key and ca.crt
         */
        record MutualTls(Path directory) implements Security {
            @Override
            public String toString() {
                return "mutual TLS";
            }
        }
    }

    /** The result of {@link #parse}. */
    public sealed interface Parsed {
        record Accepted(ServerOptions options) implements Parsed {}

        /**
         * Invalid options.
         *
         * @param errors at least one; each names a flag or variable, the value found and the values allowed
         */
        record Rejected(List<String> errors) implements Parsed {}
    }

    /**
     * Parses the command line and reports all errors at once.
     *
     * @param arguments flags as {@code --flag value} or {@code --flag=value}; the last one wins if a flag is repeated
     * @param environment TLS_SERVER_CERTS_DIR, METRICS_ADDRESS and MAX_RECV_MESSAGE_SIZE replace flags that are not given
     */
    public static Parsed parse(List<String> arguments, Map<String, String> environment) {
        return OptionsParser.parse(arguments, environment);
    }

    /** A help text with all flags, for a command of a given name. */
    public static String usage(String command) {
        return "usage: %s [FLAG...]%n%nServes the function to Crossplane until SIGTERM.%n%n%s%n"
                .formatted(command, String.join(System.lineSeparator(), ServerFlag.table()));
    }
}
