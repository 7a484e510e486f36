package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connection Secrets: there before anything is in them, and owned by the resource whose details they hold. */
final class Secrets {
    private final Cluster host;

    Secrets(Cluster host) {
        this.host = host;
    }

    private static Optional<Ref> ref(Json managed) {
        return managed.text("spec", "writeConnectionSecretToRef", "name")
                .map(name -> Ref.secret(Ref.of(managed).namespace(), name));
    }

    /** Keys appear as they become known; none is removed. */
    void publish(Json.Obj managed, Map<String, String> details) {
        ref(managed).ifPresent(secret -> {
            var owner = Ref.of(managed);
            host.create(obj(
                    field("apiVersion", "v1"),
                    field("kind", "Secret"),
                    field(
                            "metadata",
                            obj(
                                    field("name", secret.name()),
                                    field("namespace", secret.namespace()),
                                    field("ownerReferences", arr(ownerOf(managed, owner))))),
                    field("type", "connection.crossplane.io/v1alpha1")));
            var uid = managed.text("metadata", "uid").orElse("");
            host.get(secret)
                    .filter(found -> found.items("metadata", "ownerReferences").stream()
                            .noneMatch(reference ->
                                    reference.text("uid").filter(uid::equals).isPresent()))
                    .ifPresent(found -> {
                        throw new Failure("cannot create or update connection secret: existing secret is not controlled"
                                + " by UID \"" + uid + "\"");
                    });
            details.forEach((key, value) -> host.update(secret, object -> JsonEdit.set(object, value, "data", key)));
        });
    }

    /** What Crossplane shows a function of a composed resource's connection details. */
    static Map<String, String> details(Cluster host, Json managed) {
        var details = new LinkedHashMap<String, String>();
        ref(managed)
                .flatMap(host::get)
                .ifPresent(secret -> secret.object("data").fields().forEach((key, value) -> {
                    if (value instanceof Json.Text(var text)) {
                        details.put(key, text);
                    }
                }));
        return details;
    }

    static Json.Obj ownerOf(Json.Obj object, Ref ref) {
        return obj(
                field("apiVersion", ref.apiVersion()),
                field("kind", ref.kind()),
                field("name", ref.name()),
                field("uid", object.text("metadata", "uid").orElse("")),
                field("controller", true),
                field("blockOwnerDeletion", true));
    }
}
