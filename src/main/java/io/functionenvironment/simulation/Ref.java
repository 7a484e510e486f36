package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A reference to one object of a cluster.
 *
 * @param namespace empty for cluster-scoped kinds
 */
public record Ref(String apiVersion, String kind, String namespace, String name) {
    private static final Set<String> CLUSTER_SCOPED =
            Set.of("Namespace", "ClusterProviderConfig", "EnvironmentConfig", "ClusterRole", "ClusterRoleBinding");

    public static Ref of(Json object) {
        return new Ref(
                object.text("apiVersion").orElse(""),
                object.text("kind").orElse(""),
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElse(""));
    }

    /** What a namespaced composite is composed of, as it refers to that; all of it is in its namespace. */
    public static List<Ref> composed(Json composite) {
        return composite.items("spec", "crossplane", "resourceRefs").stream()
                .map(ref -> new Ref(
                        ref.text("apiVersion").orElse(""),
                        ref.text("kind").orElse(""),
                        of(composite).namespace(),
                        ref.text("name").orElse("")))
                .toList();
    }

    public static Ref namespace(String name) {
        return new Ref("v1", "Namespace", "", name);
    }

    public static Ref secret(String namespace, String name) {
        return new Ref("v1", "Secret", namespace, name);
    }

    boolean isKind(String someKind) {
        return kind.equals(someKind);
    }

    static boolean isClusterScoped(String kind) {
        return CLUSTER_SCOPED.contains(kind);
    }

    /** Such as {@code releases.helm.m.crossplane.io "dev"}, as an API server names an object in its errors. */
    String qualifiedName() {
        var group = apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return kind.toLowerCase(Locale.ROOT) + "s" + group + " \"" + name + "\"";
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
