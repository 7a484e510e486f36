package io.functionenvironment.server;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command-line flags of the server, in the order in which help and error messages list them. */
public enum ServerFlag {
    ADDRESS("--address", "HOST:PORT", "address of the gRPC server; default :9443, which is all interfaces"),
    TLS_CERTS_DIR(
            "--tls-certs-dir",
            "DIR",
            "directory with tls.crt, tls.key and ca.crt, for mutual TLS",
            "TLS_SERVER_CERTS_DIR"),
    INSECURE("--insecure", "serve without TLS, to every client"),
    METRICS_ADDRESS(
            "--metrics-address",
            "HOST:PORT",
            "address of probes and metrics; default :8080, \"none\" to disable them",
            "METRICS_ADDRESS"),
    MAX_RECV_MESSAGE_SIZE(
            "--max-recv-message-size", "MIB", "largest accepted request, in MiB; default 16", "MAX_RECV_MESSAGE_SIZE"),
    DEBUG("--debug", "log every call"),
    REQUIRE_CONFIG("--require-environment-config", "change no Environment while the EnvironmentConfig is missing"),
    CLOCK("--clock", "TIME", "use this time instead of the clock, for tests; for example 2026-01-31T12:00:00Z");

    private final String flag;
    private final Optional<String> value;
    private final String help;
    private final Optional<String> variable;

    /** A switch. */
    ServerFlag(String flag, String help) {
        this(flag, Optional.empty(), help, Optional.empty());
    }

    ServerFlag(String flag, String value, String help) {
        this(flag, Optional.of(value), help, Optional.empty());
    }

    ServerFlag(String flag, String value, String help, String variable) {
        this(flag, Optional.of(value), help, Optional.of(variable));
    }

    ServerFlag(String flag, Optional<String> value, String help, Optional<String> variable) {
        this.flag = flag;
        this.value = value;
        this.help = help;
        this.variable = variable;
    }

    /** The flag on the command line, such as {@code --address}. */
    public String flag() {
        return flag;
    }

    /** All names of the flag, with a short form if it has one. */
    public List<String> names() {
        return this == DEBUG ? List.of("-d", flag) : List.of(flag);
    }

    /** A placeholder for the value, such as {@code DIR}; empty for a switch, whose value may be left out. */
    public Optional<String> value() {
        return value;
    }

    /** One sentence for a help text. */
    public String help() {
        return help + variable.map(name -> "; environment variable " + name).orElse("");
    }

    /** The environment variable that is read if the flag is not given. */
    Optional<String> variable() {
        return variable;
    }

    /** The flag that an argument starts with, as {@code --flag} or {@code --flag=value}. */
    static Optional<ServerFlag> of(String argument) {
        var name = argument.split("=", 2)[0];
        return Arrays.stream(values())
                .filter(flag -> flag.names().contains(name))
                .findFirst();
    }

    /** All flags, for an error message. */
    static String list() {
        return Arrays.stream(values()).map(ServerFlag::flag).collect(joining(", "));
    }

    /** A table of all flags for a help text, one line each. */
    static List<String> table() {
        return Arrays.stream(values())
                .map(flag -> "  %-34s %s"
                        .formatted(
                                String.join(", ", flag.names())
                                        + flag.value.map(value -> " " + value).orElse(""),
                                flag.help()))
                .toList();
    }
}
