package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.simulation.JsonEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An object in a file: an Environment, of this or of a platform's own kind, or Settings. */
record Document(String file, Json.Obj tree) {
    private static final String GROUP = "platform.internal";
    private static final String API_VERSION = GROUP + "/v1beta1";
    private static final String KIND = "Environment";

    /** Groups of Kubernetes and of widespread projects, whose objects stand beside an Environment in a file. */
    private static final Set<String> FOREIGN =
            Set.of("", "apps", "autoscaling", "batch", "extensions", "policy", "argoproj.io", "cert-manager.io");

    private static final List<String> FOREIGN_SUFFIXES = List.of(
            ".k8s.io",
            ".argoproj.io",
            ".crossplane.io",
            ".fluxcd.io",
            ".istio.io",
            ".knative.dev",
            ".coreos.com",
            "external-secrets.io");

    /** Whether it contains Settings, as the input of a pipeline step or as an EnvironmentConfig. */
    boolean isSettings() {
        return kind().equals("Settings") || isConfig();
    }

    boolean isConfig() {
        return kind().equals("EnvironmentConfig");
    }

    /** Whether it is an Environment of the shipped kind. */
    private boolean isShippedKind() {
        return kind().equals(KIND) || group().equals(GROUP);
    }

    /** Whether it is an object of another kind, such as a Secret with values. */
    private boolean isForeign() {
        return !isSettings()
                && (FOREIGN.contains(group())
                        || FOREIGN_SUFFIXES.stream().anyMatch(suffix -> group().endsWith(suffix)));
    }

    String kind() {
        return tree.text("kind").orElse("");
    }

    private String group() {
        var version = tree.text("apiVersion").orElse(API_VERSION);
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /** All errors in the object itself, each behind the name of the file. */
    List<String> errors() {
        var errors = new FieldErrors();
        if (isSettings()) {
            settingsErrors(errors);
        } else {
            if (group().equals(GROUP)) {
                expect("apiVersion", API_VERSION, errors);
                expect("kind", KIND, errors);
            }
            EnvironmentReader.readFile(named().tree, errors, Registry.SHIPPED.addonFields());
        }
        return errors.list().stream()
                .map(error -> file + ": " + error)
                .distinct()
                .toList();
    }

    private void settingsErrors(FieldErrors errors) {
        var base = isConfig() ? "data" : "spec";
        expect(
                "apiVersion",
                isConfig() ? "apiextensions.crossplane.io/v1beta1" : "environment.fn.crossplane.io/v1beta1",
                errors);
        tree.fields().keySet().stream()
                .filter(key -> !Set.of("apiVersion", "kind", "metadata", base).contains(key))
                .sorted()
                .forEach(key -> errors.add(key, "is an unknown field; " + kind() + " has its content below " + base));
        SettingsDocument.of(tree, errors)
                .ifPresent(
                        settings -> SettingsDocument.merge(List.of(settings), Registry.SHIPPED.sizeFormats(), errors));
    }

    private void expect(String field, String expected, FieldErrors errors) {
        var found = tree.text(field).orElse("");
        if (!found.isEmpty() && !found.equals(expected)) {
            errors.add(field, "is " + Redaction.of(found) + "; must be " + expected);
        }
    }

    /** What is valid and probably not intended, each behind the name of the file. */
    List<String> warnings() {
        var name = tree.text("metadata", "name").orElse("");
        return isConfig() && !name.isEmpty() && !name.equals(SettingsDocument.CONFIG)
                ? List.of(file + ": warning: metadata.name is " + Redaction.of(name)
                        + "; the shipped Composition reads the EnvironmentConfig " + SettingsDocument.CONFIG)
                : List.of();
    }

    /** With a name, if the API server generates it. */
    Document named() {
        return tree.text("metadata", "name").isPresent()
                ? this
                : tree.text("metadata", "generateName")
                        .map(prefix -> new Document(file, JsonEdit.set(tree, prefix + "00000", "metadata", "name")))
                        .orElse(this);
    }

    /**
     * Reads the Environments and Settings of a file. Objects of other kinds are left out.
     *
     * @param file a path, or - for standard input
     * @param errors receives an error if the file cannot be read, or has no Environment or Settings
     */
    static List<Document> read(String file, List<String> errors) {
        try {
            var text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            var all = new ArrayList<Document>();
            for (var tree : Yaml.documents(text)) {
                if (tree instanceof Json.Obj object) {
                    items(object).forEach(item -> all.add(new Document(file, item)));
                } else {
                    errors.add(file + ": contains a document that is " + tree.kind() + "; it must be an object");
                }
            }
            var documents = ours(all);
            if (documents.isEmpty() && errors.isEmpty()) {
                errors.add(file + ": contains no Environment or Settings"
                        + kinds(all).map(kinds -> ", but " + kinds).orElse(""));
            }
            return documents;
        } catch (NoSuchFileException missing) {
            errors.add(file + ": no such file");
        } catch (IOException unreadable) {
            errors.add(file + ": cannot read it: " + unreadable.getMessage());
        } catch (InvalidYaml bad) {
            errors.add(file + ": is not valid YAML: " + bad.getMessage());
        }
        return List.of();
    }

    /** The objects of a document: several, if it is a List. */
    private static Stream<Json.Obj> items(Json.Obj document) {
        return document.text("apiVersion").equals(Optional.of("v1"))
                        && document.text("kind").orElse("").equals("List")
                ? document.items("items").stream()
                        .flatMap(item -> item instanceof Json.Obj object ? items(object) : Stream.empty())
                : Stream.of(document);
    }

    /** A platform's own kind may have any name, so an unknown kind is one only where no Environment stands beside it. */
    private static List<Document> ours(List<Document> all) {
        var shipped = all.stream().anyMatch(document -> !document.isForeign() && document.isShippedKind());
        return all.stream()
                .filter(document -> !document.isForeign())
                .filter(document -> document.isSettings() || document.isShippedKind() || !shipped)
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
