package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** Bodies of objects, as others than Crossplane make them. */
final class Bodies {
    private Bodies() {}

    static Json.Obj namespace(String name) {
        return obj(field("apiVersion", "v1"), field("kind", "Namespace"), field("metadata", obj(field("name", name))));
    }

    static Json.Obj meta(String namespace, String name) {
        return obj(field("name", name), field("namespace", namespace));
    }

    /** The object as one that goes when its owner goes. */
    static Json.Obj owned(Json.Obj object, Json.Obj owner) {
        var ref = Ref.of(owner);
        return JsonEdit.set(
                object,
                arr(obj(
                        field("apiVersion", ref.apiVersion()),
                        field("kind", ref.kind()),
                        field("name", ref.name()),
                        field("uid", owner.text("metadata", "uid").orElse("")))),
                "metadata",
                "ownerReferences");
    }
}
