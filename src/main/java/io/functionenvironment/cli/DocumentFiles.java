package io.functionenvironment.cli;

import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the Environments and Settings in files. */
final class DocumentFiles {
    private static final String NO_OBJECT = ": contains a document that is ";

    private DocumentFiles() {}

    /**
     * Reads the Environments and Settings of a file. Objects of other kinds are left out.
     *
     * @param file a path, or - for standard input
     * @param errors receives an error if the file cannot be read, or has no Environment or Settings
     */
    static List<Document> read(String file, List<String> errors) {
        var own = new ArrayList<String>();
        var all = all(file, own);
        var documents = ours(all);
        if (documents.isEmpty() && own.isEmpty()) {
            own.add(file + ": contains no Environment or Settings"
                    + kinds(all).map(kinds -> ", but " + kinds).orElse(""));
        }
        errors.addAll(own);
        return documents;
    }

    /** Likewise, without an error for a file that has none, or is the template of a chart. */
    static List<Document> readIfAny(String file, List<String> errors) {
        var own = new ArrayList<String>();
        var documents = ours(all(file, own));
        if (!documents.isEmpty() || !isTemplate(file)) {
            own.stream()
                    .filter(error -> !documents.isEmpty() || !error.contains(NO_OBJECT))
                    .forEach(errors::add);
        }
        return documents;
    }

    /** Reads a file, or the YAML and JSON files of a directory in which there are Environments or Settings. */
    static void readAll(File file, Map<String, List<Document>> documents, List<String> errors) {
        if (!file.isDirectory()) {
            documents.put(file.getPath(), read(file.getPath(), errors));
            return;
        }
        var found = new LinkedHashMap<String, List<Document>>();
        var own = new ArrayList<String>();
        readDirectory(file, found, own);
        if (found.isEmpty() && own.isEmpty()) {
            own.add(file + ": contains no file with an Environment or Settings");
        }
        documents.putAll(found);
        errors.addAll(own);
    }

    private static void readDirectory(File directory, Map<String, List<Document>> documents, List<String> errors) {
        for (var child : children(directory)) {
            if (child.isDirectory() && !child.getName().startsWith(".")) {
                readDirectory(child, documents, errors);
            } else if (child.isFile() && child.getName().matches(".*\\.(ya?ml|json)")) {
                var found = readIfAny(child.getPath(), errors);
                if (!found.isEmpty()) {
                    documents.put(child.getPath(), found);
                }
            }
        }
    }

    /** A file, or the YAML and JSON files of a directory. */
    static List<String> everyFile(File file) {
        return file.isDirectory()
                ? children(file).stream()
                        .filter(child -> child.isDirectory()
                                ? !child.getName().startsWith(".")
                                : child.getName().matches(".*\\.(ya?ml|json)"))
                        .flatMap(child -> everyFile(child).stream())
                        .toList()
                : List.of(file.getPath());
    }

    private static List<File> children(File directory) {
        return Optional.ofNullable(directory.listFiles()).map(Arrays::asList).orElse(List.of()).stream()
                .sorted()
                .toList();
    }

    private static boolean isTemplate(String file) {
        try {
            return Files.readString(Path.of(file)).contains("{{");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Reads all objects of a file, of whatever kind.
     *
     * @param file a path, or - for standard input
     * @param errors receives an error if the file cannot be read
     */
    static List<Document> all(String file, List<String> errors) {
        var all = new ArrayList<Document>();
        try {
            var booleanKeys = new HashMap<String, String>();
            for (var tree : Yaml.documents(TextFile.read(file), booleanKeys)) {
                items(tree).forEach(item -> {
                    if (item instanceof Json.Obj object) {
                        all.add(new Document(file, object, booleanKeys));
                    } else {
                        errors.add(file + NO_OBJECT + item.kind() + "; it must be an object");
                    }
                });
            }
        } catch (NoSuchFileException missing) {
            errors.add(file + ": no such file");
        } catch (TextFile.NotUtf8 bad) {
            errors.add(file + ": " + bad.getMessage());
        } catch (IOException unreadable) {
            errors.add(file + ": cannot read it: " + unreadable.getMessage());
        } catch (InvalidYaml bad) {
            errors.add(file + ": is not valid YAML: " + bad.getMessage());
        }
        return all;
    }

    /** The objects of a document: several, if it is a List. */
    private static Stream<Json> items(Json document) {
        return document.text("apiVersion").equals(Optional.of("v1"))
                        && document.text("kind").orElse("").equals("List")
                ? document.items("items").stream().flatMap(DocumentFiles::items)
                : Stream.of(document);
    }

    /** A platform's own kind may have any name. It is known by its fields, where nothing of ours stands beside it. */
    private static List<Document> ours(List<Document> all) {
        var shipped = all.stream().anyMatch(Document::isShippedKind);
        return all.stream()
                .filter(document -> document.isSettings()
                        || document.isShippedKind()
                        || (!shipped && !document.isForeign() && document.hasFieldsOfAnEnvironment()))
                .toList();
    }

    private static Optional<String> kinds(List<Document> documents) {
        var kinds = documents.stream()
                .map(Document::kind)
                .filter(kind -> !kind.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", kinds));
    }
}
