package io.functionenvironment.cli;

import io.functionenvironment.charts.ChartCheck;
import io.functionenvironment.charts.ChartFile;
import io.functionenvironment.charts.Charts;
import io.functionenvironment.charts.GivenValues;
import io.functionenvironment.charts.Source;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.PlannedApp;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The charts in files that values are checked against. */
final class ChartFiles {
    private ChartFiles() {}

    /** The option that names charts of apps. */
    static OptionSpec option() {
        return OptionSpec.builder("--chart")
                .paramLabel("CHART")
                .type(List.class)
                .auxiliaryTypes(File.class)
                .description(
                        "archive (.tgz) or directory of a chart, or directory with archives; checks the values of apps"
                                + " that have a chart of this name and version against its values.schema.json; can be repeated")
                .build();
    }

    /** The option that names the chart vcluster. */
    static OptionSpec vclusterOption() {
        return OptionSpec.builder("--vcluster-chart")
                .paramLabel("CHART")
                .type(File.class)
                .description(
                        "directory, archive (.tgz) or values.schema.json of the vcluster chart that the platform installs;"
                                + " checks vcluster.values of Settings, and those of sizes, against it")
                .build();
    }

    /** The charts of the option --chart. */
    static Charts read(ParseResult arguments, OptionSpec option, List<String> errors) {
        var charts = new ArrayList<ChartFile>();
        for (var file : arguments.matchedOptionValue(option.longestName(), List.<File>of())) {
            try {
                charts.addAll(ChartFile.readAll(file.toPath()));
            } catch (IOException unreadable) {
                errors.add("--chart: cannot read %s: %s".formatted(file, reason(unreadable)));
            }
        }
        return new Charts(charts);
    }

    /** Some exceptions of the JDK say only the name of the file, or nothing. */
    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException ignored -> "no such file or directory";
            case EOFException ignored -> "it ends too early";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    /**
     * What the charts say of the values of an Environment's apps.
     *
     * @param errors each behind the name of its file
     * @param notes what the charts leave open
     * @param missing the apps of whose charts there are no files
     */
    record Report(List<String> errors, Set<String> notes, List<String> missing) {
        /** What is not checked, behind "is valid". */
        Optional<String> unchecked() {
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(" (values of " + String.join(", ", missing) + " not checked; use --chart)");
        }
    }

    static Report check(Document environment, List<Document> settings, Charts charts) {
        var errors = new ArrayList<String>();
        var notes = new LinkedHashSet<String>();
        var missing = new ArrayList<String>();
        var apps = PlannedApp.of(
                SettingsFiles.inNamespace(environment.named().tree()),
                SettingsFiles.input(settings),
                SettingsFiles.config(settings));
        for (var app : apps) {
            var file = charts.find(app.chart());
            if (file.isEmpty()) {
                missing.add(app.name() + " (chart " + app.chart() + ")");
                continue;
            }
            if (file.get().schema().isEmpty()) {
                notes.add("the chart " + file.get() + " has no values.schema.json, so values for it are not checked");
            }
            var check = ChartCheck.of(file.get(), app.values());
            check.errors().forEach(error -> errors.add(file(error, environment, settings) + ": " + error));
            check.unusable().ifPresent(message -> notes.add(message + ", so values for it are not checked"));
            check.unchecked().forEach(error -> notes.add(file(error, environment, settings) + ": " + error));
        }
        return new Report(List.copyOf(errors), notes, List.copyOf(missing));
    }

    /** Paths in Settings begin with the kind of the document. */
    private static String file(FieldError error, Document environment, List<Document> settings) {
        return Stream.of(environment.file())
                .filter(ignored ->
                        settings.stream().noneMatch(document -> error.path().startsWith(document.kind() + " ")))
                .findFirst()
                .orElseGet(() -> SettingsFiles.file(error, settings));
    }

    /**
     * What the chart vcluster refuses of the values in Settings, each behind the name of its file. The function adds others to
     * them, so that nothing counts as missing.
     */
    static List<String> vclusterErrors(File path, List<Document> settings, List<String> unreadable) {
        var errors = new ArrayList<String>();
        try {
            var chart = ChartFile.read(path.toPath());
            if (chart.schema().isEmpty()) {
                throw new IOException("contains no values.schema.json");
            }
            for (var document : settings) {
                VclusterValues.of(document.content()).forEach((below, json) -> {
                    if (json instanceof Json.Obj values) {
                        var field = document.kind() + " " + document.base() + "." + below;
                        var given = new GivenValues(
                                field,
                                Json.Obj.EMPTY,
                                values,
                                true,
                                List.of(),
                                List.of(new Source.Values(field, values)));
                        var check = ChartCheck.of(chart, given);
                        check.errors().forEach(error -> errors.add(document.file() + ": " + error));
                        check.unusable().ifPresent(message -> unreadable.add("--vcluster-chart: " + message));
                    }
                });
            }
        } catch (IOException bad) {
            unreadable.add("--vcluster-chart: cannot read the schema of " + path + ": " + reason(bad));
        }
        return errors;
    }
}
