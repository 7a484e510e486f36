package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Optional;

/**
 * One place that Settings come from.
 *
 * @param base the field under which they stand: {@code spec} in a Settings document, {@code data} in an EnvironmentConfig
 * @param content what stands there
 */
public record SettingsDocument(String base, Json content) {
    /** Reading Settings takes longer than telling that they are the same as in the call before, as they mostly are. */
    private static volatile Merged last = Merged.of(List.of());

    /** The Settings in a document of whatever kind we take them from; its faults say so where it is none of them. */
    public static Optional<SettingsDocument> of(Json document, FieldErrors errors) {
        var kind = document.text("kind").orElse("");
        var base = kind.equals("Settings") ? "spec" : kind.equals("EnvironmentConfig") ? "data" : "";
        if (base.isEmpty()) {
            errors.add(new FieldError("kind", "is " + Redaction.of(kind) + ", must be Settings or EnvironmentConfig"));
            return Optional.empty();
        }
        return Optional.of(new SettingsDocument(base, document.at(base).orElse(Json.Obj.EMPTY)));
    }

    /**
     * The Settings that documents make when each is laid over the ones before it, and all over the shipped defaults.
     *
     * @param errors receives what is wrong, named by the path within the document that brought it in
     */
    public static Settings merge(List<SettingsDocument> documents, FieldErrors errors) {
        var merged = last;
        if (!merged.documents().equals(documents)) {
            merged = Merged.of(documents);
            last = merged;
        }
        errors.addAll(merged.errors());
        return merged.settings();
    }
}
