package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderFinalizers;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a provider reaches a cluster: by the kubeconfig in a Secret.
 *
 * @param gvk that of provider-helm or of provider-kubernetes; both have the same fields
 * @param namespace where the Secret is
 * @param clientIdentity what it authenticates with; empty if the kubeconfig has credentials
 */
public record ProviderConfig(Gvk gvk, String namespace, String secret, Optional<ProviderIdentity> clientIdentity)
        implements Resource {

    /** With a kubeconfig that has credentials. */
    public ProviderConfig(Gvk gvk, String namespace, String secret) {
        this(gvk, namespace, secret, Optional.empty());
    }

    @Override
    public Readiness readiness() {
        return Readiness.EXISTS;
    }

    @Override
    public List<?> identity() {
        return List.of(gvk, namespace, secret, clientIdentity);
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        var secretRef = obj(field("name", secret), field("namespace", namespace), field("key", Kubeconfig.KEY));
        return obj(
                field("apiVersion", gvk.apiVersion()),
                field("kind", gvk.kind()),
                field("metadata", tracking.metadata(observed, ProviderFinalizers.PROVIDER_CONFIG, false)),
                field(
                        "spec",
                        obj(
                                field("credentials", obj(field("source", "Secret"), field("secretRef", secretRef))),
                                field("identity", clientIdentity.map(ProviderIdentity::json)))));
    }

    static ProviderConfig read(ObservedResource observed) {
        var ref = observed.body().object("spec", "credentials", "secretRef");
        return new ProviderConfig(
                observed.gvk(),
                ref.text("namespace").orElse(""),
                ref.text("name").orElse(""),
                ProviderIdentity.read(observed.body().object("spec", "identity")));
    }
}
