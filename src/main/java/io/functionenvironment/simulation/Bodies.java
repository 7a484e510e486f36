package io.functionenvironment.simulation;

import static io.functionenvironment.tree.Tree.arr;
import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.tree.Tree;

/** Bodies of objects, as others than Crossplane make them. */
final class Bodies {
    private Bodies() {}

    static Tree.Obj namespace(String name) {
        return obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", name));
    }

    static Tree.Obj meta(String namespace, String name) {
        return obj("name", name, "namespace", namespace);
    }

    /** The object as one that goes when its owner goes. */
    static Tree.Obj owned(Tree.Obj object, Tree.Obj owner) {
        var ref = Ref.of(owner);
        return Edit.set(
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
