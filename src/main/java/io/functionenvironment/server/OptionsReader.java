package io.functionenvironment.server;

import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.ServerOptions.Parsed;
import io.functionenvironment.server.ServerOptions.Security;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes options of flags and the environment. A value that is refused is replaced by its default, to read on. */
record OptionsReader(Flags flags, Map<String, String> environment) {
    private static final Address EVERYWHERE = new Address("", 9443);
    private static final Monitoring USUAL = new Monitoring(new Address("", 8080), false);
    private static final String NOWHERE = "none";
    private static final String METRICS_VARIABLE = "METRICS_ADDRESS";
    private static final String DIRECTORY_VARIABLE = "TLS_SERVER_CERTS_DIR";
    private static final String SIZE_VARIABLE = "MAX_RECV_MESSAGE_SIZE";

    /** Crossplane sends requests of any size, and 10 MB were seen; gRPC's own 4 would refuse what other steps accept. */
    private static final int DEFAULT_MEGABYTES = 16;

    private static final int MOST_MEGABYTES = 1024;

    Parsed read() {
        var address = flags.value(Flags.ADDRESS)
                .flatMap(text -> address(Flags.ADDRESS, text, Address.ALLOWED))
                .orElse(EVERYWHERE);
        var monitoring = monitoring();
        var megabytes = setting(Flags.MAX_REQUEST, SIZE_VARIABLE).flatMap(this::megabytes);
        var clock = flags.value(Flags.CLOCK).flatMap(this::instant);
        var debug = isOn(Flags.DEBUG);
        var security = security();
        if (security.isEmpty() || !flags.faults().isEmpty()) {
            return new Parsed.Refused(List.copyOf(flags.faults()));
        }
        var bytes = megabytes.orElse(DEFAULT_MEGABYTES) * 1024 * 1024;
        return new Parsed.Accepted(new ServerOptions(address, security.get(), monitoring, bytes, debug, clock));
    }

    private Optional<Security> security() {
        var directory = setting(Flags.CERTIFICATES, DIRECTORY_VARIABLE);
        if (isOn(Flags.INSECURE)) {
            return Optional.of(new Insecure());
        }
        if (directory.isEmpty()) {
            flags.faults()
                    .add("neither %s nor %s is given; allowed is a directory with tls.crt, tls.key and ca.crt,"
                                    .formatted(Flags.CERTIFICATES, DIRECTORY_VARIABLE)
                            + " or %s to let anyone call without TLS".formatted(Flags.INSECURE));
        }
        return directory.flatMap(this::mutualTls);
    }

    private Optional<Security> mutualTls(Setting directory) {
        try {
            return Optional.of(new MutualTls(Path.of(directory.value())));
        } catch (InvalidPathException e) {
            return refuse(directory.name(), directory.value(), "the path of a directory");
        }
    }

    private Optional<Monitoring> monitoring() {
        var given = setting(Flags.METRICS, METRICS_VARIABLE);
        if (given.isEmpty()) {
            return Optional.of(USUAL);
        }
        return given.filter(setting -> !setting.value().equals(NOWHERE))
                .flatMap(setting -> address(setting.name(), setting.value(), Address.ALLOWED + ", or none"))
                .map(address -> new Monitoring(address, true));
    }

    private Optional<Address> address(String name, String text, String allowed) {
        return Address.parse(text).or(() -> refuse(name, text, allowed));
    }

    private Optional<Integer> megabytes(Setting size) {
        if (size.value().matches("[0-9]{1,4}")) {
            var megabytes = Integer.parseInt(size.value());
            if (megabytes >= 1 && megabytes <= MOST_MEGABYTES) {
                return Optional.of(megabytes);
            }
        }
        return refuse(size.name(), size.value(), "a whole number of megabytes from 1 to " + MOST_MEGABYTES);
    }

    private Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return refuse(Flags.CLOCK, text, "a time like 2026-01-31T12:00:00Z");
        }
    }

    private boolean isOn(String flag) {
        var value = flags.value(flag).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            refuse(flag, value, "true, false, or the flag by itself");
        }
        return value.equals("true");
    }

    /** @param name the flag or variable that it came from */
    private record Setting(String name, String value) {}

    /** A variable that is set to nothing counts as not set, because a manifest cannot unset one. */
    private Optional<Setting> setting(String flag, String variable) {
        return flags.value(flag)
                .map(value -> new Setting(flag, value))
                .or(() -> Optional.ofNullable(environment.get(variable))
                        .filter(value -> !value.isEmpty())
                        .map(value -> new Setting(variable, value)));
    }

    private <T> Optional<T> refuse(String name, String found, String allowed) {
        flags.faults().add("%s is \"%s\"; allowed is %s".formatted(name, found, allowed));
        return Optional.empty();
    }
}
