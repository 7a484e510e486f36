package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads labels and annotations that the platform wants on objects.
 *
 * @param reserved the beginnings of keys that others set, and who does
 */
record LabelsReader(Map<String, String> reserved) {
    private static final int MOST = 32;

    Map<String, String> read(FieldReader at) {
        var labels = new LinkedHashMap<String, String>();
        at.entries().forEach((key, value) -> {
            problem(key, "label")
                    .ifPresent(problem -> at.error("has the key " + Redaction.of(key) + "; must " + problem));
            value.text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED).ifPresent(text -> labels.put(key, text));
        });
        return Map.copyOf(labels);
    }

    Map<String, String> annotations(FieldReader at) {
        var annotations = new LinkedHashMap<String, String>();
        at.entries().forEach((key, value) -> {
            problem(key, "annotation")
                    .ifPresent(problem -> at.error("has the key " + Redaction.of(key) + "; must " + problem));
            value.text().ifPresent(text -> annotations.put(key, text));
        });
        return Map.copyOf(annotations);
    }

    /** The keys of labels whose values come from elsewhere. */
    List<String> keys(FieldReader at) {
        return at.items(MOST).stream()
                .flatMap(item -> key(item).stream())
                .distinct()
                .toList();
    }

    private Optional<String> key(FieldReader at) {
        var key = at.required("the key of a label, " + LabelFormat.KEY_ALLOWED).text();
        key.flatMap(some -> problem(some, "label"))
                .ifPresent(problem -> at.error("is " + Redaction.of(key.orElseThrow()) + "; must " + problem));
        return key;
    }

    /** Why a label or an annotation cannot have a key: what it must or must not be, in words. */
    private Optional<String> problem(String key, String of) {
        if (!LabelFormat.KEY.matcher(key).matches()) {
            return Optional.of("have valid " + of + " keys, " + LabelFormat.KEY_ALLOWED);
        }
        return reserved.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> "not have "
                        + (key.equals(entry.getKey()) ? "it" : "keys that begin with " + entry.getKey())
                        + ": " + entry.getValue());
    }
}
