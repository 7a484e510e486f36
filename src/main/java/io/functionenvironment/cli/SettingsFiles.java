package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.JsonEdit;
import java.io.File;
import java.util.List;
import java.util.Optional;

/** The Settings that an Environment is checked with. */
final class SettingsFiles {
    private SettingsFiles() {}

    /** The Settings in a file of the option --settings. */
    static List<Document> read(File file, List<String> errors) {
        var documents = Document.read(file.getPath(), errors);
        documents.stream()
                .filter(document -> !document.isSettings())
                .forEach(document ->
                        errors.add("--settings: %s contains a %s; it must contain an EnvironmentConfig or Settings"
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
