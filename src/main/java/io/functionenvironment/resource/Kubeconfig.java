package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * How a Release hands out the kubeconfig of the cluster that it installs.
 *
 * @param from the Secret that the cluster writes, beside it in the host namespace
 * @param to the Secret that the provider copies it to, in the Environment's namespace
 */
public record Kubeconfig(String from, String to) {
    /** The key in the copy, and so in the connection details that Crossplane passes to functions. */
    public static final String KEY = "kubeconfig";

    /** Whether the connection details of a resource have kubeconfig bytes. An empty Secret exists long before. */
    public static boolean handedOut(ObservedResource observed) {
        return observed.connectionKeys().contains(KEY);
    }

    static Optional<Kubeconfig> of(Json spec) {
        return spec.items("connectionDetails").stream()
                .findFirst()
                .flatMap(detail -> detail.text("name"))
                .flatMap(from -> spec.text("writeConnectionSecretToRef", "name").map(to -> new Kubeconfig(from, to)));
    }

    /** The cluster writes the Secret, not its chart, so the provider must not require that it is part of the release. */
    Json.Arr details() {
        return arr(obj(
                field("apiVersion", "v1"),
                field("kind", "Secret"),
                field("name", from),
                field("fieldPath", "data.config"),
                field("toConnectionSecretKey", KEY),
                field("skipPartOfReleaseCheck", true)));
    }
}
