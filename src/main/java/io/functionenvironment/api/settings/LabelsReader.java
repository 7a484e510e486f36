package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads labels that the platform wants on objects.
 *
 * @param reserved the beginnings of keys that others set, and who does
 */
record LabelsReader(Map<String, String> reserved) {

    Map<String, String> read(FieldReader at) {
        var labels = new LinkedHashMap<String, String>();
        at.entries().forEach((key, value) -> {
            problem(key).ifPresent(problem -> at.error("has the key " + Redaction.of(key) + "; must " + problem));
            value.text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED).ifPresent(text -> labels.put(key, text));
        });
        return Map.copyOf(labels);
    }

    /** Why a label cannot have a key: what it must or must not be, in words. */
    Optional<String> problem(String key) {
        if (!LabelFormat.KEY.matcher(key).matches()) {
            return Optional.of("have valid label keys, " + LabelFormat.KEY_ALLOWED);
        }
        return reserved.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> "not have "
                        + (key.equals(entry.getKey()) ? "it" : "keys that begin with " + entry.getKey())
                        + ": " + entry.getValue());
    }
}
