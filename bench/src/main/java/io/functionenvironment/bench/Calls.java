package io.functionenvironment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures single calls of the function and of the floor. */
public final class Calls {
    private Calls() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException, IOException {
        var given = new CommandLineOptions(arguments);
        var samples = Files.createTempDirectory("samples");
        var options = new OptionsBuilder()
                .parent(given)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true)
                .jvmArgsAppend("-D" + FunctionBenchmark.SAMPLES + "=" + samples);
        if (given.getIncludes().isEmpty()) {
            options.include(FunctionBenchmark.class.getName());
        }
        if (arguments.length == 0) {
            System.err.println("measuring for about two minutes…");
            options.verbosity(VerboseMode.SILENT);
        }
        for (var apps : given.getParameter("apps").orElse(FunctionBenchmark.APPS)) {
            Files.write(samples.resolve(apps), Sample.of(Integer.parseInt(apps)).request());
        }
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        var function = new TreeMap<Integer, Result<?>>();
        var floor = new TreeMap<Integer, Result<?>>();
        for (var result : results) {
            var apps = Integer.valueOf(result.getParams().getParam("apps"));
            var isFunction = result.getParams().getBenchmark().endsWith(".function");
            (isFunction ? function : floor).put(apps, result.getPrimaryResult());
        }
        System.out.println("apps    request   response         function, µs            floor, µs   ratio");
        function.forEach((apps, measured) -> {
            var sample = Sample.of(apps);
            var least = Optional.<Result<?>>ofNullable(floor.get(apps));
            System.out.printf(
                    "%4d %10d %10d %20s %20s %7s%n",
                    apps,
                    sample.request().length,
                    sample.response().length,
                    time(measured),
                    least.map(Calls::time).orElse("-"),
                    least.map(result -> "%.2f".formatted(result.getScore() / measured.getScore()))
                            .orElse("-"));
        });
    }

    private static String time(Result<?> result) {
        return "%.1f ± %.1f".formatted(result.getScore(), result.getScoreError());
    }
}
