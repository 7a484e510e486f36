package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connection Secrets: created empty, before the details are known, and controlled by their managed resource. */
final class ConnectionSecrets {
    private final Cluster host;

    ConnectionSecrets(Cluster host) {
        this.host = host;
    }

    static Optional<Ref> ref(Json managed) {
        return managed.text("spec", "writeConnectionSecretToRef", "name")
                .map(name -> Ref.secret(Ref.of(managed).namespace(), name));
    }

    /** Adds keys as their values become known; removes none. */
    void publish(Json.Obj managed, Map<String, String> details) {
        ref(managed).ifPresent(secret -> {
            host.create(obj(
                    field("apiVersion", "v1"),
                    field("kind", "Secret"),
                    field(
                            "metadata",
                            obj(
                                    field("name", secret.name()),
                                    field("namespace", secret.namespace()),
                                    field("ownerReferences", arr(Manifests.controllerReference(managed))))),
                    field("type", "connection.crossplane.io/v1alpha1")));
            var uid = managed.text("metadata", "uid").orElse("");
            host.get(secret)
                    .filter(found -> found.items("metadata", "ownerReferences").stream()
                            .noneMatch(reference ->
                                    reference.text("uid").filter(uid::equals).isPresent()))
                    .ifPresent(found -> {
                        throw new ExternalError("cannot create or update connection secret: existing secret is not"
                                + " controlled by UID \"" + uid + "\"");
                    });
            details.forEach((key, value) -> host.update(secret, object -> JsonEdit.set(object, value, "data", key)));
        });
    }

    /** The connection details of a composed resource, as Crossplane passes them to the function. */
    static Map<String, String> read(Cluster host, Json managed) {
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
}
