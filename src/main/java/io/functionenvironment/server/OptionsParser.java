package io.functionenvironment.server;

import static io.functionenvironment.server.ServerFlag.ADDRESS;
import static io.functionenvironment.server.ServerFlag.CLOCK;
import static io.functionenvironment.server.ServerFlag.DEBUG;
import static io.functionenvironment.server.ServerFlag.INSECURE;
import static io.functionenvironment.server.ServerFlag.MAX_RECV_MESSAGE_SIZE;
import static io.functionenvironment.server.ServerFlag.METRICS_ADDRESS;
import static io.functionenvironment.server.ServerFlag.REQUIRE_CONFIG;
import static io.functionenvironment.server.ServerFlag.TLS_CERTS_DIR;

import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.ServerOptions.Parsed;
import io.functionenvironment.server.ServerOptions.Security;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses the server's command line and environment variables. After an error it continues with the default, so that all
 * errors are found at once. The server has a parser of its own to keep the libraries of the command line out of the image.
 *
 * @param values of the flags that were given
 * @param errors receives what is wrong
 */
record OptionsParser(Map<ServerFlag, String> values, Map<String, String> environment, List<String> errors) {
    private static final Address DEFAULT_ADDRESS = new Address("", 9443);
    private static final Monitoring DEFAULT_MONITORING = new Monitoring(new Address("", 8080), false);

    /** Requests of 10 MiB were observed; gRPC's default of 4 MiB would reject what other functions accept. */
    private static final int DEFAULT_MEBIBYTES = 16;

    private static final int MAX_MEBIBYTES = 1024;

    static Parsed parse(List<String> arguments, Map<String, String> environment) {
        var parser = new OptionsParser(new EnumMap<>(ServerFlag.class), environment, new ArrayList<>());
        parser.read(arguments);
        return parser.options();
    }

    private void read(List<String> arguments) {
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var flag = ServerFlag.of(argument);
            var equals = argument.indexOf('=');
            if (flag.isEmpty()) {
                errors.add("unknown option %s; the options are %s"
                        .formatted(equals < 0 ? argument : argument.substring(0, equals), ServerFlag.list()));
            } else if (equals >= 0) {
                values.put(flag.get(), argument.substring(equals + 1));
            } else if (flag.get().value().isEmpty()) {
                values.put(flag.get(), "true");
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                values.put(flag.get(), arguments.get(++i));
            } else {
                errors.add("%s needs a value: %s"
                        .formatted(argument, flag.get().value().get()));
            }
        }
    }

    private Parsed options() {
        var address = setting(ADDRESS)
                .flatMap(given -> address(given, Address.ALLOWED))
                .orElse(DEFAULT_ADDRESS);
        var monitoring = monitoring();
        var mebibytes = setting(MAX_RECV_MESSAGE_SIZE).flatMap(this::mebibytes).orElse(DEFAULT_MEBIBYTES);
        var clock = setting(CLOCK).flatMap(this::instant);
        var debug = isOn(DEBUG);
        var requireConfig = isOn(REQUIRE_CONFIG);
        var security = security();
        if (security.isEmpty() || !errors.isEmpty()) {
            return new Parsed.Rejected(List.copyOf(errors));
        }
        return new Parsed.Accepted(new ServerOptions(
                address, security.get(), monitoring, mebibytes * 1024 * 1024, debug, requireConfig, clock));
    }

    private Optional<Security> security() {
        var directory = setting(TLS_CERTS_DIR);
        if (isOn(INSECURE)) {
            return Optional.of(new Insecure());
        }
        if (directory.isEmpty()) {
            errors.add("neither %s nor %s is set; set a directory with tls.crt, tls.key and ca.crt, or %s"
                            .formatted(
                                    TLS_CERTS_DIR.flag(),
                                    TLS_CERTS_DIR.variable().orElseThrow(),
                                    INSECURE.flag())
                    + " to serve every client without TLS");
        }
        return directory.flatMap(this::mutualTls);
    }

    private Optional<Security> mutualTls(Setting directory) {
        try {
            return Optional.of(new MutualTls(Path.of(directory.value())));
        } catch (InvalidPathException e) {
            return reject(directory, "the path of a directory");
        }
    }

    private Optional<Monitoring> monitoring() {
        var given = setting(METRICS_ADDRESS);
        if (given.isEmpty()) {
            return Optional.of(DEFAULT_MONITORING);
        }
        return given.filter(setting -> !setting.value().equals("none"))
                .flatMap(setting -> address(setting, Address.ALLOWED + ", or none"))
                .map(address -> new Monitoring(address, true));
    }

    private Optional<Address> address(Setting given, String allowed) {
        return Address.parse(given.value()).or(() -> reject(given, allowed));
    }

    private Optional<Integer> mebibytes(Setting given) {
        if (given.value().matches("[0-9]{1,4}")) {
            var mebibytes = Integer.parseInt(given.value());
            if (mebibytes >= 1 && mebibytes <= MAX_MEBIBYTES) {
                return Optional.of(mebibytes);
            }
        }
        return reject(given, "a whole number of MiB from 1 to " + MAX_MEBIBYTES);
    }

    private Optional<Instant> instant(Setting given) {
        try {
            return Optional.of(Instant.parse(given.value()));
        } catch (DateTimeParseException e) {
            return reject(given, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    private boolean isOn(ServerFlag flag) {
        var given = setting(flag);
        if (given.filter(setting -> !setting.value().matches("true|false")).isPresent()) {
            reject(given.get(), "true, false, or the flag without a value");
        }
        return given.filter(setting -> setting.value().equals("true")).isPresent();
    }

    /**
     * A value that was given.
     *
     * @param name of the flag or environment variable that it came from
     */
    private record Setting(String name, String value) {}

    /** An empty variable counts as not set, because a manifest cannot unset a variable. */
    private Optional<Setting> setting(ServerFlag flag) {
        return Optional.ofNullable(values.get(flag))
                .map(value -> new Setting(flag.flag(), value))
                .or(() -> flag.variable()
                        .flatMap(variable -> Optional.ofNullable(environment.get(variable))
                                .filter(value -> !value.isEmpty())
                                .map(value -> new Setting(variable, value))));
    }

    private <T> Optional<T> reject(Setting given, String allowed) {
        errors.add("%s is \"%s\"; must be %s".formatted(given.name(), given.value(), allowed));
        return Optional.empty();
    }
}
