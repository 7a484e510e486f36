package io.functionenvironment.cli;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Validation;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment validate}: checks files, and Environments with the Settings among them. */
final class ValidateCommand implements Command {
    private static final String UNCHECKED_VALUES = " (vcluster.values not checked; use --vcluster-chart)";

    /** An Environment without apps, to check Settings with. */
    private static final Json.Obj ANY = obj(
            field("apiVersion", "platform.internal/v1beta1"),
            field("kind", "Environment"),
            field("metadata", obj(field("name", "any"), field("namespace", "any"))),
            field("spec", obj(field("apps", List.of()))));

    private final PositionalParamSpec files = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .required(true)
            .arity("1..*")
            .description("files and directories with Environments and Settings; - reads standard input")
            .build();
    private final OptionSpec settings = SettingsFiles.option();

    private final OptionSpec chart = OptionSpec.builder("--vcluster-chart")
            .paramLabel("CHART")
            .type(File.class)
            .description(
                    "directory, archive (.tgz) or values.schema.json of the vcluster chart that the platform installs;"
                            + " checks vcluster.values of Settings against it")
            .build();

    @Override
    public CommandSpec spec() {
        return Command.describe("validate", "Checks Environments and Settings, and prints all errors.")
                .addPositional(files)
                .addOption(settings)
                .addOption(chart);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var unreadable = new ArrayList<String>();
        var documents = new LinkedHashMap<String, List<Document>>();
        files.<List<File>>getValue().forEach(file -> read(file, documents, unreadable));
        var given = new ArrayList<Document>();
        for (var file : SettingsFiles.given(arguments, settings)) {
            given.addAll(SettingsFiles.read(file, unreadable));
        }
        var all = documents.values().stream().flatMap(List::stream).toList();
        var offered = offered(given, all, unreadable);
        var errors = new LinkedHashSet<>(unreadable);
        Stream.concat(given.stream(), all.stream()).forEach(document -> {
            errors.addAll(document.errors());
            document.warnings().forEach(terminal::err);
        });
        all.stream()
                .filter(document -> document.isSettings() && !offered.contains(document))
                .forEach(
                        document -> errors.addAll(settingsErrors(SettingsFiles.completed(List.of(document), offered))));
        if (arguments.hasMatchedOption(chart)) {
            errors.addAll(chartErrors(
                    chart.<File>getValue(),
                    Stream.concat(given.stream(), all.stream())
                            .filter(Document::isSettings)
                            .toList(),
                    unreadable));
            errors.addAll(unreadable);
        }
        var settingsErrors = settingsErrors(offered);
        errors.addAll(settingsErrors);
        if (settingsErrors.isEmpty() && !offered.isEmpty()) {
            all.forEach(document -> errors.addAll(environmentErrors(document, offered)));
        }
        var note = offered.isEmpty() ? " (not checked with Settings; use --settings)" : "";
        documents.forEach((file, found) -> {
            if (!found.isEmpty() && errors.stream().noneMatch(error -> error.startsWith(file + ": "))) {
                var environments = found.stream().anyMatch(document -> !document.isSettings());
                var values = !arguments.hasMatchedOption(chart)
                        && found.stream().anyMatch(document -> document.isSettings() && document.hasChartValues());
                terminal.out(file + ": is valid" + (environments ? note : "") + (values ? UNCHECKED_VALUES : ""));
            }
        });
        Document.hinted(errors, Stream.concat(given.stream(), all.stream()).toList())
                .forEach(terminal::err);
        return errors.isEmpty() ? 0 : unreadable.isEmpty() ? 1 : 2;
    }

    /** What the chart does not know of the values in Settings. */
    private static List<String> chartErrors(File chart, List<Document> settings, List<String> unreadable) {
        try {
            var schema = ChartSchema.read(chart);
            return settings.stream()
                    .flatMap(document -> document.chartErrors(schema).stream())
                    .toList();
        } catch (IOException | InvalidYaml bad) {
            unreadable.add("--vcluster-chart: cannot read the schema of " + chart + ": " + bad.getMessage());
            return List.of();
        }
    }

    /** Those of the option; without it, those among the files, if they can be used together. */
    private static List<Document> offered(List<Document> given, List<Document> documents, List<String> errors) {
        if (!given.isEmpty()) {
            SettingsFiles.refuseSeveral(given, errors);
            var completed = SettingsFiles.completed(
                    given, documents.stream().filter(Document::isSettings).toList());
            var ambiguous = new ArrayList<String>();
            SettingsFiles.refuseSeveral(completed, ambiguous);
            return errors.isEmpty() ? ambiguous.isEmpty() ? completed : given : List.of();
        }
        var among = documents.stream().filter(Document::isSettings).toList();
        var several = new ArrayList<String>();
        SettingsFiles.refuseSeveral(among, several);
        return several.isEmpty() ? among : List.of();
    }

    /** The errors of Settings that are used together, in themselves and for any Environment. */
    private static List<String> settingsErrors(List<Document> settings) {
        var own = SettingsFiles.errors(settings);
        return settings.isEmpty() || !own.isEmpty()
                ? own
                : Validation.errors(ANY, SettingsFiles.input(settings), SettingsFiles.config(settings)).stream()
                        // The size of this Environment is not among those that the Settings have to offer.
                        .filter(error -> error.path().contains(" "))
                        .map(error -> SettingsFiles.file(error, settings) + ": " + error)
                        .toList();
    }

    /** The errors that the function reports for an Environment that has none in itself. */
    private static List<String> environmentErrors(Document document, List<Document> settings) {
        return document.isSettings() || !document.errors().isEmpty()
                ? List.of()
                : Validation.errors(
                                SettingsFiles.inNamespace(document.named().tree()),
                                SettingsFiles.input(settings),
                                SettingsFiles.config(settings))
                        .stream()
                        .map(error -> document.file() + ": " + error)
                        .toList();
    }

    /** Reads a file, or the YAML and JSON files of a directory in which there are Environments or Settings. */
    private static void read(File file, Map<String, List<Document>> documents, List<String> errors) {
        if (!file.isDirectory()) {
            documents.put(file.getPath(), DocumentFiles.read(file.getPath(), errors));
            return;
        }
        var found = new LinkedHashMap<String, List<Document>>();
        var own = new ArrayList<String>();
        readAll(file, found, own);
        if (found.isEmpty() && own.isEmpty()) {
            own.add(file + ": contains no file with an Environment or Settings");
        }
        documents.putAll(found);
        errors.addAll(own);
    }

    private static void readAll(File directory, Map<String, List<Document>> documents, List<String> errors) {
        for (var child : children(directory)) {
            if (child.isDirectory() && !child.getName().startsWith(".")) {
                readAll(child, documents, errors);
            } else if (child.isFile() && child.getName().matches(".*\\.(ya?ml|json)")) {
                var found = DocumentFiles.readIfAny(child.getPath(), errors);
                if (!found.isEmpty()) {
                    documents.put(child.getPath(), found);
                }
            }
        }
    }

    private static List<File> children(File directory) {
        return Optional.ofNullable(directory.listFiles()).map(Arrays::asList).orElse(List.of()).stream()
                .sorted()
                .toList();
    }
}
