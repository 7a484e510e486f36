package io.functionenvironment.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arguments sorted into options and files. */
record Arguments(Map<String, List<String>> options, List<String> files) {

    /**
     * Sorts arguments.
     *
     * @param known options, each of which takes a value
     * @throws UsageError naming the first argument that does not fit
     */
    static Arguments of(List<String> arguments, Set<String> known) throws UsageError {
        var options = new LinkedHashMap<String, List<String>>();
        var files = new ArrayList<String>();
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-")) {
                files.add(argument);
                continue;
            }
            var equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (!known.contains(name)) {
                throw new UsageError(name + " is not known; allowed are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new UsageError(name + " needs a value");
            }
            var value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            options.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Arguments(options, List.copyOf(files));
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The value of an option that may be there once. */
    Optional<String> one(String option) throws UsageError {
        if (all(option).size() > 1) {
            throw new UsageError(option + " is there " + all(option).size() + " times, may be there once");
        }
        return all(option).stream().findFirst();
    }
}
