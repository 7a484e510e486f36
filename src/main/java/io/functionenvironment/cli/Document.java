package io.functionenvironment.cli;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A document in a file. */
record Document(String file, Json.Obj tree) {

    /** Whether it holds Settings, be it as a step's input or as an EnvironmentConfig. */
    boolean isSettings() {
        return kind().equals("Settings") || isConfig();
    }

    boolean isConfig() {
        return kind().equals("EnvironmentConfig");
    }

    /** Whether it is one of Kubernetes' own, such as a Secret with values, which is none of our business. */
    boolean isForeign() {
        return !tree.text("apiVersion").orElse("/").contains("/");
    }

    private String kind() {
        return tree.text("kind").orElse("");
    }

    /** All that is wrong with it, each fault after the name of its file. */
    List<String> faults() {
        var faults = new ArrayList<FieldError>();
        if (isSettings()) {
            SettingsDocument.of(tree, faults).ifPresent(settings -> SettingsDocument.merge(List.of(settings), faults));
        } else {
            EnvironmentReader.read(tree, faults, true);
        }
        return faults.stream().map(fault -> file + ": " + fault).toList();
    }

    /**
     * The documents of a file, without foreign ones.
     *
     * @param faults receives why it cannot be read
     */
    static List<Document> read(String file, List<String> faults) {
        try {
            var text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            var documents = new ArrayList<Document>();
            for (var tree : Yaml.documents(text)) {
                if (tree instanceof Json.Obj object) {
                    documents.add(new Document(file, object));
                } else {
                    faults.add(file + ": has a document that is " + tree.kind() + ", must be an object");
                }
            }
            documents.removeIf(Document::isForeign);
            if (documents.isEmpty() && faults.isEmpty()) {
                faults.add(file + ": has neither an Environment nor Settings in it");
            }
            return documents;
        } catch (NoSuchFileException missing) {
            faults.add(file + ": there is no such file");
        } catch (IOException unreadable) {
            faults.add(file + ": cannot be read: " + unreadable.getMessage());
        } catch (UncheckedIOException bad) {
            faults.add(file + ": is no YAML: "
                    + String.valueOf(
                                    bad.getCause() == null
                                            ? bad.getMessage()
                                            : bad.getCause().getMessage())
                            .replaceAll("\\s+", " "));
        }
        return List.of();
    }
}
