package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads annotations that the platform sets. */
final class AnnotationsReader {
    private AnnotationsReader() {}

    static Map<String, String> read(FieldReader at) {
        var annotations = new LinkedHashMap<String, String>();
        at.entries().forEach((key, value) -> {
            if (!LabelFormat.KEY.matcher(key).matches()) {
                at.error("has the key " + Redaction.of(key) + "; must have valid annotation keys, "
                        + LabelFormat.KEY_ALLOWED);
            }
            value.text().ifPresent(text -> annotations.put(key, text));
        });
        return Map.copyOf(annotations);
    }
}
