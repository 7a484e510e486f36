package io.functionenvironment.bench;

import io.functionenvironment.bench.Measurement.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The figures as a Markdown table. */
final class Table {
    private static final Pattern PLACE =
            Pattern.compile("(<!-- bench/run load -->\n).*?(<!-- end of bench/run load -->\n)", Pattern.DOTALL);

    private static final String HEAD = """
            | apps | transport | calls/s | ratio | median, ms | p99, ms | start, s | memory, MiB |
            |---:|---|---:|---:|---:|---:|---:|---:|
            """;

    /** The goals for ten apps. */
    private static final String GOALS = "| 10 | *aim* | | *0.60* | *0.80* | *3.00* | *0.35* | *128* |\n";

    private Table() {}

    static String of(List<Case> cases) throws IOException {
        return "%s%s%s%n%s%n"
                .formatted(HEAD, cases.stream().map(Table::row).collect(Collectors.joining()), GOALS, machine());
    }

    private static String row(Case measured) {
        var function = measured.function();
        var floor = measured.floor();
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.0f / %.0f | %.2f | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f | %.0f / %.0f |%n",
                measured.apps(),
                measured.transport().name(),
                function.callsPerSecond(),
                floor.callsPerSecond(),
                function.ratio(floor),
                function.median(),
                floor.median(),
                function.p99(),
                floor.p99(),
                function.start(),
                floor.start(),
                function.memory(),
                floor.memory());
    }

    private static String machine() throws IOException {
        var processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return "The function / the floor, on one of %s cores (%s), Java %s."
                .formatted(
                        System.getProperty("bench.cores"),
                        processor,
                        Runtime.version().toString().replaceAll("\\+.*", ""));
    }

    /** Replaces the table of a document, between its two markers. */
    static void write(Path document, String table) throws IOException {
        var text = Files.readString(document);
        var place = PLACE.matcher(text);
        if (!place.find()) {
            throw new IOException(
                    "%s has no <!-- bench/run load --> and <!-- end of bench/run load -->".formatted(document));
        }
        Files.writeString(document, place.replaceFirst("$1\n" + Matcher.quoteReplacement(table) + "\n$2"));
    }
}
