package io.functionenvironment.addon.manifests;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An object as requested.
 *
 * @param path its field in the request
 * @param name of the item in the request, by which others depend on it
 * @param readyQuery a CEL expression over {@code object}; empty if it is ready once it exists
 */
record Manifest(String path, String name, Json.Obj object, List<String> dependsOn, Optional<String> readyQuery) {
    /** The type of owner of all of them. */
    static final String OWNER = "manifests";

    private static final String NAMESPACE = "Namespace";
    /** A component's name is also a label, of at most 63 characters. */
    private static final int DIGITS = 12;

    /**
     * The component's name. An item that becomes another object gets another one, so that the former object is removed. Part of
     * the API: it never changes.
     */
    String component() {
        var identity = arr(
                new Json.Text(group()),
                new Json.Text(kind()),
                new Json.Text(namespace().orElse("")),
                new Json.Text(objectName()));
        return "manifest-" + name + "-" + Digest.of(identity).substring(0, DIGITS);
    }

    String kind() {
        return object.text("kind").orElse("");
    }

    /** The API group; empty for the core group. */
    String group() {
        var apiVersion = object.text("apiVersion").orElse("");
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    String objectName() {
        return object.text("metadata", "name").orElse("");
    }

    Optional<String> namespace() {
        return object.text("metadata", "namespace");
    }

    /** The kind in the words of kubectl, such as {@code Deployment.apps}. */
    String kindAndGroup() {
        return group().isEmpty() ? kind() : kind() + "." + group();
    }

    boolean isNamespace() {
        return group().isEmpty() && kind().equals(NAMESPACE);
    }

    /** What the status says of it. */
    Json.Obj describe() {
        return obj(
                field("name", name),
                field("kind", kindAndGroup()),
                Json.text("namespace", namespace()),
                field("object", objectName()));
    }
}
