package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** Bodies of objects, as others than Crossplane make them. */
final class Bodies {
    private Bodies() {}

    static Json.Obj namespace(String name) {
        return obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", name));
    }

    static Json.Obj meta(String namespace, String name) {
        return obj("name", name, "namespace", namespace);
    }

    /** The object as one that goes when its owner goes. */
    static Json.Obj owned(Json.Obj object, Json.Obj owner) {
        var ref = Ref.of(owner);
        return JsonEdit.set(
                object,
                arr(obj(
                        "apiVersion", ref.apiVersion(),
                        "kind", ref.kind(),
                        "name", ref.name(),
                        "uid", owner.text("metadata", "uid").orElse(""))),
                "metadata",
                "ownerReferences");
    }
}
