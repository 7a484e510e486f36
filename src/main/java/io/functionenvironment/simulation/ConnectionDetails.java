package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The {@code spec.connectionDetails} of a Release: fields of objects in its target cluster. */
final class ConnectionDetails {
    private ConnectionDetails() {}

    /**
     * Reads all of them.
     *
     * @param namespace of the Helm release; provider-helm ignores the namespaces of the entries
     * @param status what an {@link ExternalError} reports if one is missing
     */
    static Map<String, String> of(Json.Obj managed, Cluster cluster, String namespace, UnaryOperator<Json.Obj> status) {
        var details = new LinkedHashMap<String, String>();
        for (var detail : managed.items("spec", "connectionDetails")) {
            var ref = new Ref(
                    detail.text("apiVersion").orElse(""),
                    detail.text("kind").orElse(""),
                    namespace,
                    detail.text("name").orElse(""));
            var object = cluster.get(ref)
                    .orElseThrow(() -> new ExternalError(
                            "cannot get connection details: cannot get object: "
                                    + ApiError.notFound(ref).message(),
                            status));
            object.text(detail.text("fieldPath").orElse("").split("\\."))
                    .ifPresent(text ->
                            details.put(detail.text("toConnectionSecretKey").orElse(""), text));
        }
        return details;
    }
}
