package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.ArrayList;

/** Parts of objects that several controllers write. */
final class Manifests {
    /** Of the form of a certificate. */
    private static final String AUTHORITY = "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVk\n-----END CERTIFICATE-----\n";

    private Manifests() {}

    static Json.Obj namespace(String name) {
        return obj(field("apiVersion", "v1"), field("kind", "Namespace"), field("metadata", obj(field("name", name))));
    }

    /** The certificate of the authority of a cluster, which Kubernetes publishes in each namespace. */
    static Json.Obj authority(String namespace) {
        return obj(
                field("apiVersion", "v1"),
                field("kind", "ConfigMap"),
                field("metadata", metadata(namespace, "kube-root-ca.crt")),
                field("data", obj(field("ca.crt", AUTHORITY))));
    }

    static Json.Obj metadata(String namespace, String name) {
        return obj(field("name", name), field("namespace", namespace));
    }

    /** The object with an owner, so that it is garbage-collected with it. */
    static Json.Obj ownedBy(Json.Obj owner, Json.Obj object) {
        return JsonEdit.set(object, arr(ownerReference(owner)), "metadata", "ownerReferences");
    }

    /** The object with one owner more, which does not control it. */
    static Json.Obj withOwner(Json.Obj object, Json.Obj owner) {
        var owners = new ArrayList<>(object.items("metadata", "ownerReferences"));
        if (owners.stream().anyMatch(each -> each.text("uid").equals(owner.text("metadata", "uid")))) {
            return object;
        }
        owners.add(ownerReference(owner));
        return JsonEdit.set(object, owners, "metadata", "ownerReferences");
    }

    static Json.Obj controllerReference(Json.Obj owner) {
        return JsonEdit.set(JsonEdit.set(ownerReference(owner), true, "controller"), true, "blockOwnerDeletion");
    }

    private static Json.Obj ownerReference(Json.Obj owner) {
        var ref = Ref.of(owner);
        return obj(
                field("apiVersion", ref.apiVersion()),
                field("kind", ref.kind()),
                field("name", ref.name()),
                field("uid", owner.text("metadata", "uid").orElse("")));
    }
}
