package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Labels and annotations of an app's namespace. */
public record NamespaceMetadata(Map<String, String> labels, Map<String, String> annotations) {
    public static final NamespaceMetadata NONE = new NamespaceMetadata(Map.of(), Map.of());

    /** Namespaces of Kubernetes itself, which are no app's to label. */
    private static final Pattern RESERVED = Pattern.compile("default|kube-.*");

    /** Whether a namespace is one of Kubernetes itself. */
    public static boolean reserves(String namespace) {
        return RESERVED.matcher(namespace).matches();
    }

    public boolean isEmpty() {
        return labels.isEmpty() && annotations.isEmpty();
    }

    /** With those of a catalog entry, which win: they are mostly policies, such as pod security. */
    NamespaceMetadata under(NamespaceMetadata entry) {
        return new NamespaceMetadata(under(labels, entry.labels), under(annotations, entry.annotations));
    }

    private static Map<String, String> under(Map<String, String> own, Map<String, String> entry) {
        var both = new TreeMap<>(own);
        both.putAll(entry);
        return Map.copyOf(both);
    }

    /** The fields of what a catalog entry sets to something else. */
    public Stream<String> overridden(NamespaceMetadata entry) {
        return Stream.concat(
                overridden("labels", labels, entry.labels), overridden("annotations", annotations, entry.annotations));
    }

    private static Stream<String> overridden(String field, Map<String, String> own, Map<String, String> entry) {
        return own.entrySet().stream()
                .filter(one -> !entry.getOrDefault(one.getKey(), one.getValue()).equals(one.getValue()))
                .map(one -> field + "." + one.getKey())
                .sorted();
    }

    /** The namespace as Kubernetes has it. */
    public Json.Obj manifest(String namespace) {
        return Json.obj(
                Json.field("apiVersion", "v1"),
                Json.field("kind", "Namespace"),
                Json.field(
                        "metadata",
                        Json.obj(
                                Json.field("name", namespace),
                                Json.field("labels", texts(labels)),
                                Json.field("annotations", texts(annotations)))));
    }

    private static Optional<Json.Obj> texts(Map<String, String> map) {
        return Optional.of(map).filter(some -> !some.isEmpty()).map(Json::texts);
    }
}
