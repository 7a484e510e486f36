package io.functionenvironment.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of a measurement.
 *
 * @param apps the numbers of apps of the Environments
 * @param warmUp how long each server is called before the measurement
 * @param measured how long each figure is measured in a round
 * @param starts how often each server is started to measure its start
 * @param write a document to write the table into
 */
record LoadOptions(
        List<Integer> apps, Duration warmUp, Duration measured, int rounds, int starts, Optional<Path> write) {
    static final String USAGE = """
            usage: bench/run load [--image DIRECTORY] [--apps 1,10,50] [--warm-up SECONDS] [--rounds NUMBER]
                                  [--seconds NUMBER] [--starts NUMBER] [--write FILE]""";

    /** @throws IllegalArgumentException with the usage, if the arguments are invalid */
    static LoadOptions read(String[] arguments) {
        var remaining = new ArrayList<>(List.of(arguments));
        try {
            var options = new LoadOptions(
                    Stream.of(take(remaining, "--apps").orElse("1,10,50").split(",", -1))
                            .map(Integer::valueOf)
                            .toList(),
                    Duration.ofSeconds(number(remaining, "--warm-up", 20)),
                    Duration.ofSeconds(number(remaining, "--seconds", 3)),
                    number(remaining, "--rounds", 5),
                    number(remaining, "--starts", 7),
                    take(remaining, "--write").map(Path::of));
            if (remaining.isEmpty()) {
                return options;
            }
        } catch (NumberFormatException invalid) {
            throw new IllegalArgumentException(USAGE, invalid);
        }
        throw new IllegalArgumentException(USAGE);
    }

    private static int number(List<String> arguments, String flag, int defaultValue) {
        var number = take(arguments, flag).map(Integer::valueOf).orElse(defaultValue);
        if (number < 1) {
            throw new NumberFormatException(flag);
        }
        return number;
    }

    private static Optional<String> take(List<String> arguments, String flag) {
        var at = arguments.indexOf(flag);
        if (at < 0 || at + 1 == arguments.size()) {
            return Optional.empty();
        }
        arguments.remove(at);
        return Optional.of(arguments.remove(at));
    }
}
