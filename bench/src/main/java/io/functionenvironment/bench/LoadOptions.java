package io.functionenvironment.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long and how often to measure.
 *
 * @param apps how many the environments have, one after the other
 * @param warmUp how long each server is called before anything counts
 * @param measured how long each figure of a round is measured
 * @param starts how often each server is started, to see how long that takes
 * @param write a document that the table is to be written into
 */
record LoadOptions(
        List<Integer> apps, Duration warmUp, Duration measured, int rounds, int starts, Optional<Path> write) {
    static final String USAGE = """
            usage: bench/run load [--image DIRECTORY] [--apps 1,10,50] [--warm-up SECONDS] [--rounds NUMBER]
                                  [--seconds NUMBER] [--starts NUMBER] [--write FILE]""";

    /** @throws IllegalArgumentException with the usage, where there is anything else */
    static LoadOptions read(String[] arguments) {
        var left = new ArrayList<>(List.of(arguments));
        try {
            var options = new LoadOptions(
                    Stream.of(take(left, "--apps").orElse("1,10,50").split(",", -1))
                            .map(Integer::valueOf)
                            .toList(),
                    Duration.ofSeconds(number(left, "--warm-up", 20)),
                    Duration.ofSeconds(number(left, "--seconds", 3)),
                    number(left, "--rounds", 5),
                    number(left, "--starts", 7),
                    take(left, "--write").map(Path::of));
            if (left.isEmpty()) {
                return options;
            }
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(USAGE, notOne);
        }
        throw new IllegalArgumentException(USAGE);
    }

    private static int number(List<String> arguments, String flag, int otherwise) {
        var number = take(arguments, flag).map(Integer::valueOf).orElse(otherwise);
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
