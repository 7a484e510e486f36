package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What provider-helm reads from the cluster of a Release, for others to know. */
final class ConnectionDetails {
    private ConnectionDetails() {}

    /**
     * Reads all that a Release names.
     *
     * @param status what is known of the Release if one of them is missing
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
                    .orElseThrow(() -> new Failure(
                            "cannot get connection details: cannot get object: "
                                    + ApiError.notFound(ref).words(),
                            status));
            object.text(detail.text("fieldPath").orElse("").split("\\."))
                    .ifPresent(text ->
                            details.put(detail.text("toConnectionSecretKey").orElse(""), text));
        }
        return details;
    }
}
