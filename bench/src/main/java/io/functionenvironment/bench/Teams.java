package io.functionenvironment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures what rules of teams cost in single calls. */
public final class Teams {
    private Teams() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException, IOException {
        var given = new CommandLineOptions(arguments);
        var samples = Files.createTempDirectory("samples");
        var options = new OptionsBuilder()
                .parent(given)
                .shouldFailOnError(true)
                .jvmArgsAppend("-D" + FunctionBenchmark.SAMPLES + "=" + samples);
        if (given.getIncludes().isEmpty()) {
            options.include(TeamsBenchmark.class.getName());
        }
        if (arguments.length == 0) {
            System.err.println("measuring for about six minutes…");
            options.verbosity(VerboseMode.SILENT);
        }
        for (var teams : given.getParameter("teams").orElse(TeamsBenchmark.TEAMS)) {
            for (var charts : given.getParameter("charts").orElse(TeamsBenchmark.CHARTS)) {
                Files.write(
                        TeamsBenchmark.sample(samples, teams, charts),
                        Sample.of(
                                        SampleEnvironment.of(TeamsBenchmark.APPS, charts.equals("own")),
                                        SampleSettings.of(Integer.parseInt(teams)))
                                .request());
            }
        }
        print(new Runner(options.build()).run(), samples);
    }

    /** What was measured in one case. */
    private record Case(int teams, String charts, String benchmark) {
        static Case of(RunResult result) {
            var name = result.getParams().getBenchmark();
            return new Case(
                    Integer.parseInt(result.getParams().getParam("teams")),
                    result.getParams().getParam("charts"),
                    name.substring(name.lastIndexOf('.') + 1));
        }
    }

    private static void print(Collection<RunResult> results, Path samples) throws IOException {
        var found = new HashMap<Case, Result<?>>();
        results.forEach(result -> found.put(Case.of(result), result.getPrimaryResult()));
        var cases = found.keySet().stream()
                .map(some -> List.of(some.charts(), String.valueOf(some.teams())))
                .distinct()
                .sorted((one, other) -> one.getFirst().equals(other.getFirst())
                        ? Integer.compare(Integer.parseInt(one.getLast()), Integer.parseInt(other.getLast()))
                        : one.getFirst().compareTo(other.getFirst()))
                .toList();
        System.out.println(
                "charts   teams    request         function, µs            floor, µs   changed Settings, µs");
        for (var some : cases) {
            var charts = some.getFirst();
            var teams = some.getLast();
            System.out.printf(
                    "%-7s %6s %10d %20s %20s %22s%n",
                    charts,
                    teams,
                    Files.size(TeamsBenchmark.sample(samples, teams, charts)),
                    time(found.get(new Case(Integer.parseInt(teams), charts, "function"))),
                    time(found.get(new Case(Integer.parseInt(teams), charts, "floor"))),
                    time(found.get(new Case(Integer.parseInt(teams), charts, "changed"))));
        }
    }

    private static String time(Result<?> result) {
        return Optional.<Result<?>>ofNullable(result)
                .map(measured -> "%.1f ± %.1f".formatted(measured.getScore(), measured.getScoreError()))
                .orElse("-");
    }
}
