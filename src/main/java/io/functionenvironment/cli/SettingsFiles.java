package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.JsonEdit;
import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The Settings that an Environment is checked with. */
final class SettingsFiles {
    private SettingsFiles() {}

    /** The option that names them. */
    static OptionSpec option() {
        return OptionSpec.builder("--settings")
                .paramLabel("FILE")
                .type(List.class)
                .auxiliaryTypes(File.class)
                .description(
                        "file with the platform's EnvironmentConfig or Settings; can be repeated, with at most one of each")
                .build();
    }

    /** The files of the option. */
    static List<File> given(ParseResult arguments, OptionSpec option) {
        return arguments.matchedOptionValue(option.longestName(), List.of());
    }

    /** The Settings in a file of the option --settings. */
    static List<Document> read(File file, List<String> errors) {
        var documents = DocumentFiles.read(file.getPath(), errors);
        documents.stream()
                .filter(document -> !document.isSettings())
                .forEach(document -> errors.add(
                        "--settings: %s contains the kind %s; it must contain an EnvironmentConfig or Settings"
                                .formatted(file, document.kind())));
        return documents.stream().filter(Document::isSettings).toList();
    }

    static void refuseSeveral(List<Document> settings, List<String> errors) {
        var configs = settings.stream().filter(Document::isConfig).count();
        if (configs > 1 || settings.size() - configs > 1) {
            errors.add("--settings: contains %d EnvironmentConfigs and %d Settings; must contain at most one of each"
                    .formatted(configs, settings.size() - configs));
        }
    }

    /** Settings, with those of others that are of another kind. */
    static List<Document> completed(List<Document> settings, List<Document> others) {
        return Stream.concat(
                        settings.stream(),
                        others.stream()
                                .filter(other ->
                                        settings.stream().noneMatch(own -> own.isConfig() == other.isConfig())))
                .toList();
    }

    /** The errors of Settings that are used together, each behind the name of its file. */
    static List<String> errors(List<Document> settings) {
        if (settings.isEmpty()) {
            return List.of();
        }
        var errors = new FieldErrors();
        var ordered = settings.stream()
                .sorted(Comparator.comparing(Document::isConfig))
                .flatMap(document -> SettingsDocument.of(document.tree(), errors).stream())
                .toList();
        SettingsDocument.merge(ordered, Registry.SHIPPED.sizeFormats(), errors);
        return errors.list().stream()
                .map(error -> file(error, settings) + ": " + error)
                .distinct()
                .toList();
    }

    /** The file that an error in Settings belongs to: its path begins with the kind of the document. */
    static String file(FieldError error, List<Document> settings) {
        return settings.stream()
                .filter(document -> error.path().startsWith(document.kind() + " "))
                .map(Document::file)
                .findFirst()
                .orElse(settings.getFirst().file());
    }

    static Optional<Json.Obj> input(List<Document> settings) {
        return settings.stream()
                .filter(document -> !document.isConfig())
                .map(Document::tree)
                .findFirst();
    }

    static Optional<Json.Obj> config(List<Document> settings) {
        return settings.stream().filter(Document::isConfig).map(Document::tree).findFirst();
    }

    /** In the namespace that kubectl would use, if it has none. */
    static Json.Obj inNamespace(Json.Obj environment) {
        return environment.text("metadata", "namespace").isPresent()
                ? environment
                : JsonEdit.set(environment, "default", "metadata", "namespace");
    }
}
