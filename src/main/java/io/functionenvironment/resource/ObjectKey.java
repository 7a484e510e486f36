package io.functionenvironment.resource;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * What identifies an object in a cluster.
 *
 * @param group the API group; empty for the core group
 * @param namespace empty for an object outside of namespaces
 */
public record ObjectKey(String group, String kind, Optional<String> namespace, String name) {

    /** Of a manifest. Where a field is missing, it is empty. */
    public static ObjectKey of(Json.Obj manifest) {
        var apiVersion = manifest.text("apiVersion").orElse("");
        var slash = apiVersion.indexOf('/');
        return new ObjectKey(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                manifest.text("kind").orElse(""),
                manifest.text("metadata", "namespace"),
                manifest.text("metadata", "name").orElse(""));
    }

    public static ObjectKey namespace(String name) {
        return new ObjectKey("", "Namespace", Optional.empty(), name);
    }

    public boolean isNamespace() {
        return equals(namespace(name));
    }
}
