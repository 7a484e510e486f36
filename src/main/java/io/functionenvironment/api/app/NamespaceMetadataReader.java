package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads labels and annotations of an app's namespace. */
final class NamespaceMetadataReader {
    static final String FIELD = "namespaceMetadata";

    private static final String VALUE_ALLOWED = "a string of at most 4096 characters";
    private static final Pattern VALUE = Pattern.compile("(?s).{0,4096}");
    /** The API server sets it. */
    private static final String NAME = "kubernetes.io/metadata.name";

    private static final int MOST = 32;

    private NamespaceMetadataReader() {}

    /** @param namespace as far as it is known already */
    static NamespaceMetadata read(FieldReader at, Optional<String> namespace) {
        at.only(Set.of("labels", "annotations"));
        var labels = map(
                at.field("labels"),
                UnaryOperator.identity(),
                item -> item.required(LabelFormat.VALUE_ALLOWED).text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED));
        var annotations = map(
                at.field("annotations"),
                key -> key.toLowerCase(Locale.ROOT),
                item -> item.required(VALUE_ALLOWED).text(VALUE, VALUE_ALLOWED));
        if (labels.containsKey(NAME)) {
            at.field("labels").error("has the key " + NAME + ", which the API server sets; remove it");
        }
        PodSecurityLabels.refuse(at.field("labels"));
        var metadata = new NamespaceMetadata(labels, annotations);
        if (!metadata.isEmpty() && namespace.filter(NamespaceMetadata::reserves).isPresent()) {
            at.error("is set for the namespace " + namespace.get()
                    + ", which is one of Kubernetes itself; remove it, or use another namespace");
        }
        return metadata;
    }

    private static Map<String, String> map(
            FieldReader at, UnaryOperator<String> comparable, Function<FieldReader, Optional<String>> value) {
        var map = new HashMap<String, String>();
        at.entries().forEach((key, item) -> {
            if (!LabelFormat.KEY.matcher(comparable.apply(key)).matches()) {
                at.error("has the key " + Redaction.of(key) + "; must have valid keys, " + LabelFormat.KEY_ALLOWED);
            }
            value.apply(item).ifPresent(text -> map.put(key, text));
        });
        if (map.size() > MOST) {
            at.error("has " + map.size() + " keys; must have at most " + MOST);
        }
        return Map.copyOf(map);
    }
}
