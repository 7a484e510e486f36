package io.functionenvironment.cli;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static java.util.stream.Collectors.joining;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.Rules;
import io.functionenvironment.preview.Validation;
import io.functionenvironment.simulation.JsonEdit;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code environment validate}: checks files, and Environments with the Settings among them. */
final class ValidateCommand implements Command {
    private static final String UNCHECKED_VALUES = " (values for the vcluster chart not checked; use --vcluster-chart)";

    /** An Environment without apps, to check Settings with. */
    private static final Json.Obj ANY = obj(
            field("apiVersion", "platform.internal/v1beta1"),
            field("kind", "Environment"),
            field("metadata", obj(field("name", "any"))),
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

    private final OptionSpec chart = ChartFiles.option();
    private final OptionSpec vclusterChart = ChartFiles.vclusterOption();

    @Override
    public CommandSpec spec() {
        return Command.describe("validate", "Checks Environments and Settings, and prints all errors.")
                .addPositional(files)
                .addOption(settings)
                .addOption(chart)
                .addOption(vclusterChart);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        var unreadable = new ArrayList<String>();
        var documents = new LinkedHashMap<String, List<Document>>();
        files.<List<File>>getValue().forEach(file -> DocumentFiles.readAll(file, documents, unreadable));
        var given = new ArrayList<Document>();
        for (var file : SettingsFiles.given(arguments, settings)) {
            given.addAll(SettingsFiles.read(file, unreadable));
        }
        var all = documents.values().stream().flatMap(List::stream).toList();
        var charts = ChartFiles.read(arguments, chart, unreadable);
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
        if (arguments.hasMatchedOption(vclusterChart)) {
            errors.addAll(ChartFiles.vclusterErrors(
                    vclusterChart.<File>getValue(),
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
        var reports = new LinkedHashMap<Document, ChartFiles.Report>();
        if (!offered.isEmpty() || arguments.hasMatchedOption(chart)) {
            all.stream()
                    .filter(document ->
                            !document.isSettings() && document.errors().isEmpty() && settingsErrors.isEmpty())
                    .forEach(document -> reports.put(document, ChartFiles.check(document, offered, charts)));
        }
        reports.values().forEach(report -> errors.addAll(report.errors()));
        var note = offered.isEmpty() ? " (not checked with Settings; use --settings)" : "";
        var rules = Rules.of(
                SettingsFiles.input(settingsErrors.isEmpty() ? offered : List.of()),
                SettingsFiles.config(settingsErrors.isEmpty() ? offered : List.of()));
        documents.forEach((file, found) -> {
            if (!found.isEmpty() && errors.stream().noneMatch(error -> error.startsWith(file + ": "))) {
                var environments = found.stream().anyMatch(document -> !document.isSettings());
                var values = !arguments.hasMatchedOption(vclusterChart)
                        && found.stream()
                                .anyMatch(document -> document.isSettings()
                                        && !VclusterValues.of(document.content())
                                                .isEmpty());
                var teams = found.stream()
                        .filter(document -> !document.isSettings())
                        .map(document -> SettingsFiles.inNamespace(
                                        document.named().tree())
                                .text("metadata", "namespace")
                                .orElse(""))
                        .flatMap(namespace -> rules.of(namespace).stream())
                        .distinct()
                        .map(words -> " (with the " + words + ")")
                        .collect(joining());
                var apps = found.stream()
                        .flatMap(document -> Optional.ofNullable(reports.get(document)).stream())
                        .flatMap(report -> report.unchecked().stream())
                        .distinct()
                        .collect(joining());
                terminal.out(file + ": is valid" + (environments ? note : "") + teams + apps
                        + (values ? UNCHECKED_VALUES : ""));
                if (found.stream().anyMatch(offered::contains)) {
                    rules.teams().forEach(team -> terminal.out(file + ": " + team));
                }
            }
        });
        reports.values().stream()
                .flatMap(report -> report.notes().stream())
                .distinct()
                .forEach(terminal::err);
        Document.hinted(errors, Stream.concat(given.stream(), all.stream()).toList())
                .forEach(terminal::err);
        return errors.isEmpty() ? 0 : unreadable.isEmpty() ? 1 : 2;
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
                : Rules.of(SettingsFiles.input(settings), SettingsFiles.config(settings)).namespaces().stream()
                        .map(namespace -> JsonEdit.set(ANY, namespace, "metadata", "namespace"))
                        .flatMap(any ->
                                Validation.errors(any, SettingsFiles.input(settings), SettingsFiles.config(settings))
                                        .stream())
                        // The size of this Environment is not among those that the Settings have to offer.
                        .filter(error -> error.path().contains(" "))
                        .map(error -> SettingsFiles.file(error, settings) + ": " + error)
                        .distinct()
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
}
