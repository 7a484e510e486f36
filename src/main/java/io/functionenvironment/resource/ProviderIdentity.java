package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * What a provider authenticates with to the API of a cluster, where its kubeconfig has no credentials: {@code spec.identity} of a
 * ProviderConfig.
 *
 * @param type such as {@code GoogleApplicationCredentials}
 * @param secret the credentials; empty for those that the provider's pod has
 */
public record ProviderIdentity(String type, Optional<SecretKey> secret) {
    /** Of a Secret in any namespace: unlike that of the kubeconfig, the providers use it as it is. */
    public record SecretKey(String namespace, String name, String key) {}

    Json.Obj json() {
        return obj(
                field("type", type),
                field("source", secret.isPresent() ? "Secret" : "InjectedIdentity"),
                field(
                        "secretRef",
                        secret.map(ref -> obj(
                                field("namespace", ref.namespace()),
                                field("name", ref.name()),
                                field("key", ref.key())))));
    }

    static Optional<ProviderIdentity> read(Json identity) {
        return identity.text("type")
                .map(type -> new ProviderIdentity(
                        type,
                        identity.at("secretRef")
                                .map(ref -> new SecretKey(
                                        ref.text("namespace").orElse(""),
                                        ref.text("name").orElse(""),
                                        ref.text("key").orElse("")))));
    }
}
