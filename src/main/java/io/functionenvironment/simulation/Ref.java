package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Set;

/**
 * What tells one object of a cluster from another.
 *
 * @param namespace empty for kinds that have none
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

    public static Ref namespace(String name) {
        return new Ref("v1", "Namespace", "", name);
    }

    public static Ref secret(String namespace, String name) {
        return new Ref("v1", "Secret", namespace, name);
    }

    boolean is(String someKind) {
        return kind.equals(someKind);
    }

    static boolean clusterScoped(String kind) {
        return CLUSTER_SCOPED.contains(kind);
    }

    /** As in {@code releases.helm.m.crossplane.io "dev"}, the way an API server names what it cannot find. */
    String words() {
        var group = apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return kind.toLowerCase(java.util.Locale.ROOT) + "s" + group + " \"" + name + "\"";
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
