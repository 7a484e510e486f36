package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
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

/** A YAML document in a file. */
record Document(String file, Json.Obj tree) {

    /** Whether it contains Settings, as the input of a pipeline step or as an EnvironmentConfig. */
    boolean isSettings() {
        return kind().equals("Settings") || isConfig();
    }

    boolean isConfig() {
        return kind().equals("EnvironmentConfig");
    }

    /** Whether it is an object of Kubernetes itself, such as a Secret with values, which is ignored. */
    boolean isForeign() {
        return !tree.text("apiVersion").orElse("/").contains("/");
    }

    private String kind() {
        return tree.text("kind").orElse("");
    }

    /** All errors, each behind the name of the file. */
    List<String> errors() {
        var errors = new FieldErrors();
        if (isSettings()) {
            SettingsDocument.of(tree, errors)
                    .ifPresent(settings ->
                            SettingsDocument.merge(List.of(settings), Registry.SHIPPED.sizeFormats(), errors));
        } else {
            EnvironmentReader.readFile(tree, errors, Registry.SHIPPED.addonFields());
        }
        return errors.list().stream().map(error -> file + ": " + error).toList();
    }

    /**
     * Reads the documents of a file, without foreign ones.
     *
     * @param file a path, or - for standard input
     * @param errors receives an error if the file cannot be read
     */
    static List<Document> read(String file, List<String> errors) {
        try {
            var text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            var documents = new ArrayList<Document>();
            for (var tree : Yaml.documents(text)) {
                if (tree instanceof Json.Obj object) {
                    documents.add(new Document(file, object));
                } else {
                    errors.add(file + ": contains a document that is " + tree.kind() + "; it must be an object");
                }
            }
            documents.removeIf(Document::isForeign);
            if (documents.isEmpty() && errors.isEmpty()) {
                errors.add(file + ": contains no Environment or Settings");
            }
            return documents;
        } catch (NoSuchFileException missing) {
            errors.add(file + ": no such file");
        } catch (IOException unreadable) {
            errors.add(file + ": cannot read it: " + unreadable.getMessage());
        } catch (UncheckedIOException bad) {
            errors.add(file + ": is not valid YAML: "
                    + String.valueOf(
                                    bad.getCause() == null
                                            ? bad.getMessage()
                                            : bad.getCause().getMessage())
                            .replaceAll("\\s+", " "));
        }
        return List.of();
    }
}
