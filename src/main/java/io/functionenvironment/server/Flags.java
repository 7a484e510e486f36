package io.functionenvironment.server;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Arguments, sorted into flags and values but not yet understood.
 *
 * @param faults what could not be sorted; more is added when the values are read
 */
record Flags(Map<String, String> values, List<String> faults) {
    static final String ADDRESS = "--address";
    static final String CERTIFICATES = "--tls-certs-dir";
    static final String MAX_REQUEST = "--max-recv-message-size";
    static final String METRICS = "--metrics-address";
    static final String CLOCK = "--clock";
    static final String INSECURE = "--insecure";
    static final String DEBUG = "--debug";

    private static final List<String> WITH_VALUE = List.of(ADDRESS, CERTIFICATES, METRICS, MAX_REQUEST, CLOCK);
    private static final List<String> SWITCHES = List.of(INSECURE, DEBUG);
    private static final String ALL =
            Stream.concat(WITH_VALUE.stream(), SWITCHES.stream()).collect(joining(", "));

    static Flags read(List<String> arguments) {
        var flags = new Flags(new LinkedHashMap<>(), new ArrayList<>());
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i).replaceFirst("^-d$", DEBUG);
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (!WITH_VALUE.contains(name) && !SWITCHES.contains(name)) {
                flags.faults.add("%s is not known; allowed are %s".formatted(name, ALL));
            } else if (equals >= 0) {
                flags.values.put(name, argument.substring(equals + 1));
            } else if (SWITCHES.contains(name)) {
                flags.values.put(name, "true");
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                flags.values.put(name, arguments.get(++i));
            } else {
                flags.faults.add(name + " is alone; allowed is a value after it");
            }
        }
        return flags;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
