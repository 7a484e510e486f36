package io.functionenvironment.cli;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.simulation.JsonEdit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An object in a file: an Environment, of this or of a platform's own kind, or Settings.
 *
 * @param booleanKeys keys of the file that were read as {@code true} or {@code false}, with one way in which each is written
 */
record Document(String file, Json.Obj tree, Map<String, String> booleanKeys) {
    private static final Pattern BOOLEAN_KEY =
            Pattern.compile("[^ :]*( [^ :]+)?\\.(true|false)([.\\[][^ ]*)?:.*", Pattern.DOTALL);

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
    boolean isShippedKind() {
        return !FOREIGN.contains(group()) && (kind().equals(KIND) || group().equals(GROUP));
    }

    /** Whether it is an object of another kind, such as a Secret with values. */
    boolean isForeign() {
        return !isSettings()
                && (FOREIGN.contains(group())
                        || FOREIGN_SUFFIXES.stream().anyMatch(suffix -> group().endsWith(suffix)));
    }

    String kind() {
        return tree.text("kind").orElse("");
    }

    private String group() {
        var version = tree.text("apiVersion").orElse(kind().equals(KIND) ? API_VERSION : "");
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /** All errors in an Environment itself, and of the form of Settings, each behind the name of the file. */
    List<String> errors() {
        var errors = new FieldErrors();
        if (isSettings()) {
            formErrors(errors);
        } else {
            if (group().equals(GROUP)) {
                expect("apiVersion", API_VERSION, errors);
                expect("kind", KIND, errors);
            }
            Registry.SHIPPED.readFile(named().tree, errors);
        }
        return errors.list().stream()
                .map(error -> file + ": " + error)
                .distinct()
                .toList();
    }

    /** An error, with a hint if it is one of this file in the path of which there is a key that was read as a boolean. */
    String hinted(String error) {
        if (!error.startsWith(file + ": ")) {
            return error;
        }
        var found = BOOLEAN_KEY.matcher(error.substring(file.length() + 2));
        return found.matches() && booleanKeys.get(found.group(2)) instanceof String written
                ? error + " (`" + written + "` is read as " + found.group(2) + "; quote it)"
                : error;
    }

    /** Errors, likewise. */
    static List<String> hinted(Collection<String> errors, Collection<Document> documents) {
        return errors.stream()
                .map(error -> documents.stream()
                        .map(document -> document.hinted(error))
                        .filter(hinted -> !hinted.equals(error))
                        .findFirst()
                        .orElse(error))
                .toList();
    }

    private void formErrors(FieldErrors errors) {
        var base = base();
        expect(
                "apiVersion",
                isConfig() ? "apiextensions.crossplane.io/v1beta1" : "environment.fn.crossplane.io/v1beta1",
                errors);
        tree.fields().keySet().stream()
                .filter(key -> !Set.of("apiVersion", "kind", "metadata", base).contains(key))
                .sorted()
                .forEach(key -> errors.add(key, formError(key, base)));
    }

    private String formError(String key, String base) {
        var other = key.equals(isConfig() ? "spec" : "data");
        return "is an unknown field; " + kind() + " has its content below " + base
                + (other ? "; move what is below " + key + " to " + base : "");
    }

    /** The content of Settings. */
    Json.Obj content() {
        return tree.object(base());
    }

    /** The field that has the content of Settings. */
    String base() {
        return isConfig() ? "data" : "spec";
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
        if (isConfig() && !name.isEmpty() && !name.equals(SettingsDocument.CONFIG)) {
            return warning("metadata.name is " + Redaction.of(name) + "; the shipped Composition reads the"
                    + " EnvironmentConfig " + SettingsDocument.CONFIG);
        }
        return !isSettings() && tree.at("metadata", "namespace").isEmpty()
                ? warning("metadata.namespace is missing: kubectl uses the namespace of the context")
                : List.of();
    }

    private List<String> warning(String text) {
        return List.of(file + ": warning: " + text);
    }

    /** With a name, if the API server generates it. */
    Document named() {
        return tree.text("metadata", "name").isPresent()
                ? this
                : tree.text("metadata", "generateName")
                        .map(prefix -> new Document(
                                file, JsonEdit.set(tree, prefix + "00000", "metadata", "name"), booleanKeys))
                        .orElse(this);
    }

    /** Whether two are the same object, perhaps with other content. */
    static boolean areSame(Json.Obj one, Json.Obj other) {
        return Stream.of("namespace", "name")
                        .allMatch(field -> one.text("metadata", field).equals(other.text("metadata", field)))
                && one.text("apiVersion").equals(other.text("apiVersion"))
                && one.text("kind").equals(other.text("kind"));
    }

    boolean hasFieldsOfAnEnvironment() {
        var spec = tree.object("spec").fields().keySet();
        return spec.contains("size") || Registry.SHIPPED.addonFields().stream().anyMatch(spec::contains);
    }
}
