package io.functionenvironment.addon.manifests;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.ObjectKey;
import java.util.List;
import java.util.Locale;
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

    /** What the names of components begin with. */
    static final String PREFIX = "manifest-";

    private static final String DEFINITION = "CustomResourceDefinition.apiextensions.k8s.io";

    /** A component's name is a label of at most 63 characters, also with what the name of a Usage adds to it. */
    private static final int READABLE = 20;

    private static final int DIGITS = 12;

    /**
     * The component's name. It follows from the object: an item that becomes another object gets another one, so that the former
     * object is removed, and an item that is renamed keeps it. Part of the API: it never changes.
     */
    String component() {
        var key = key();
        var identity = arr(
                new Json.Text(key.group()),
                new Json.Text(key.kind()),
                new Json.Text(key.namespace().orElse("")),
                new Json.Text(key.name()));
        var readable = objectName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return PREFIX + readable.substring(0, Math.min(READABLE, readable.length())) + "-"
                + Digest.of(identity).substring(0, DIGITS);
    }

    ObjectKey key() {
        return ObjectKey.of(object);
    }

    String kind() {
        return key().kind();
    }

    String group() {
        return key().group();
    }

    String objectName() {
        return key().name();
    }

    Optional<String> namespace() {
        return key().namespace();
    }

    /** The kind in the words of kubectl, such as {@code Deployment.apps}. */
    String kindAndGroup() {
        return group().isEmpty() ? kind() : kind() + "." + group();
    }

    boolean isNamespace() {
        return key().isNamespace();
    }

    /** Whether it can only exist once another one does: in a namespace, or of a kind, that the other one defines. */
    boolean needs(Manifest other) {
        return (other.isNamespace() && namespace().equals(Optional.of(other.objectName())))
                || (other.kindAndGroup().equals(DEFINITION)
                        && other.object.text("spec", "group").equals(Optional.of(group()))
                        && other.object.text("spec", "names", "kind").equals(Optional.of(kind())));
    }

    Manifest in(String namespace) {
        var place = obj(field("metadata", obj(field("namespace", namespace))));
        return new Manifest(path, name, Merge.over(object, place), dependsOn, readyQuery);
    }

    Manifest dependingOn(List<String> names) {
        return new Manifest(path, name, object, List.copyOf(names), readyQuery);
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    /** What the status says of it. */
    Json.Obj describe() {
        return obj(
                field("name", name),
                Json.text("kind", nonEmpty(kindAndGroup())),
                Json.text("namespace", namespace()),
                Json.text("object", nonEmpty(objectName())));
    }
}
