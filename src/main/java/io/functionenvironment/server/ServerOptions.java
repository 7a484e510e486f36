package io.functionenvironment.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to serve, from flags and the environment.
 *
 * @param maxRequestBytes requests larger than this are refused before they are read
 * @param monitoring where probes and metrics are, if anywhere
 * @param debug whether to log every call
 * @param clock what the function is to take for the time, where it must not be the real one
 */
public record ServerOptions(
        Address address,
        Security security,
        Optional<Monitoring> monitoring,
        int maxRequestBytes,
        boolean debug,
        Optional<Instant> clock) {

    /**
     * Where to answer plain HTTP.
     *
     * @param asked whether somebody wants it there; where it is only our default, it may be that it cannot be had
     */
    public record Monitoring(Address address, boolean asked) {}

    /** Who may call. */
    public sealed interface Security {
        /** Anyone who reaches the port; nothing is encrypted. */
        record Insecure() implements Security {
            @Override
            public String toString() {
                return "insecure";
            }
        }

        /**
         * Whoever has a certificate of the same authority.
         *
         * @param directory has tls.crt, tls.key and ca.crt
         */
        record MutualTls(Path directory) implements Security {
            @Override
            public String toString() {
                return "mutual TLS";
            }
        }
    }

    /** What became of reading the options. */
    public sealed interface Parsed {
        record Accepted(ServerOptions options) implements Parsed {}

        /**
         * All that is wrong.
         *
         * @param faults each names a flag, what was found and what is allowed; at least one
         */
        record Refused(List<String> faults) implements Parsed {}
    }

    /**
     * Reads all options, and says all that is wrong with them at once.
     *
     * @param arguments without the name of the command; {@code --flag value} and {@code --flag=value} are the same, and
     *     of a flag that comes twice the last counts
     * @param environment TLS_SERVER_CERTS_DIR, METRICS_ADDRESS and MAX_RECV_MESSAGE_SIZE stand in for flags that are not given
     */
    public static Parsed parse(List<String> arguments, Map<String, String> environment) {
        return new OptionsReader(Flags.read(arguments), environment).read();
    }
}
