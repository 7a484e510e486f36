package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds that a cluster serves only once a chart has installed their CustomResourceDefinition. Helm does not remove it. */
final class CustomKinds {
    private record Kind(String group, String kind) {
        private Ref definition() {
            return new Ref(
                    "apiextensions.k8s.io/v1",
                    "CustomResourceDefinition",
                    "",
                    kind.toLowerCase(Locale.ROOT) + "s." + group);
        }
    }

    private final Map<Kind, String> chartOfKind = new HashMap<>();

    void add(String chart, String apiVersion, String kind) {
        chartOfKind.put(kind(apiVersion, kind), chart);
    }

    void install(Cluster cluster, String chart) {
        chartOfKind.forEach((kind, definedBy) -> {
            if (definedBy.equals(chart)) {
                cluster.create(definition(kind.definition()));
            }
        });
    }

    /** Has a cluster serve the kind of an object that was observed in it. */
    void serve(Cluster cluster, Ref ref) {
        if (chartOfKind.containsKey(kind(ref.apiVersion(), ref.kind()))) {
            cluster.create(definition(kind(ref.apiVersion(), ref.kind()).definition()));
        }
    }

    boolean isServed(Cluster cluster, Ref ref) {
        var kind = kind(ref.apiVersion(), ref.kind());
        return !chartOfKind.containsKey(kind) || cluster.get(kind.definition()).isPresent();
    }

    /** Whether it serves another kind of the same group; the versions of a group are served together here. */
    boolean servesGroup(Cluster cluster, String apiVersion) {
        return chartOfKind.keySet().stream()
                .filter(kind -> kind.group().equals(kind(apiVersion, "").group()))
                .anyMatch(kind -> cluster.get(kind.definition()).isPresent());
    }

    private static Kind kind(String apiVersion, String kind) {
        return new Kind(apiVersion.replaceFirst("/.*", ""), kind);
    }

    private static Json.Obj definition(Ref ref) {
        return obj(
                field("apiVersion", ref.apiVersion()),
                field("kind", ref.kind()),
                field("metadata", obj(field("name", ref.name()))));
    }
}
