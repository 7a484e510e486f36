package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One place that Settings come from.
 *
 * @param base the field that holds them: {@code spec} in a Settings document, {@code data} in an EnvironmentConfig
 * @param content what is in that field
 */
public record SettingsDocument(String base, Json content) {
    /** The shipped defaults, in the form of a Settings document's spec: this function works without any other document. */
    private static final Json.Obj DEFAULTS = defaults();

    /** The Settings in a document of any kind that may hold them; an error if it is of another kind. */
    public static Optional<SettingsDocument> of(Json document, FieldErrors errors) {
        var kind = document.text("kind").orElse("");
        var base = kind.equals("Settings") ? "spec" : kind.equals("EnvironmentConfig") ? "data" : "";
        if (base.isEmpty()) {
            errors.add("kind", "is " + Redaction.of(kind) + ", must be Settings or EnvironmentConfig");
            return Optional.empty();
        }
        return Optional.of(new SettingsDocument(base, document.at(base).orElse(Json.Obj.EMPTY)));
    }

    /**
     * The Settings that documents make when each is laid over the ones before it, and all over the shipped defaults.
     *
     * @param errors receives what is wrong, by the path within the document that brought it in; each error once, although an
     *     error in one document shows again when the next is laid over it
     */
    public static Settings merge(List<SettingsDocument> documents, SizeFormats sizes, FieldErrors errors) {
        var explicit = Json.Obj.EMPTY;
        var settings = read("spec", explicit, sizes, errors);
        var reported = new ArrayList<FieldError>();
        for (var document : documents) {
            var found = new FieldErrors();
            if (document.content instanceof Json.Obj above) {
                explicit = Merge.over(explicit, above);
                settings = read(document.base, explicit, sizes, found);
            } else {
                found.add(document.base, "is " + document.content.kind() + ", must be an object");
            }
            for (var error : found) {
                if (reported.stream().noneMatch(other -> sameField(other, error))) {
                    reported.add(error);
                }
            }
        }
        errors.addAll(reported);
        return settings;
    }

    private static Settings read(String base, Json.Obj explicit, SizeFormats sizes, FieldErrors errors) {
        return SettingsReader.read(base, Merge.over(DEFAULTS, explicit), explicit, sizes, errors);
    }

    private static boolean sameField(FieldError one, FieldError other) {
        return one.message().equals(other.message()) && field(one).equals(field(other));
    }

    /** Without the first word, which says in which kind of document it is. */
    private static String field(FieldError error) {
        return error.path().substring(error.path().indexOf('.') + 1);
    }

    private static Json.Obj defaults() {
        try (var in = SettingsDocument.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing from the jar");
            }
            return Yaml.documents(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getFirst()
                    .object("spec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
