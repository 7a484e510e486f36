package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.util.List;

/** How provider-helm reaches a cluster: by the kubeconfig in a Secret beside it. */
public record ProviderConfig(Meta meta, String namespace, String secret) implements Resource {

    @Override
    public Readiness readiness() {
        return Readiness.EXISTS;
    }

    @Override
    public ManagementPolicies policy() {
        return ManagementPolicies.NO_DELETE;
    }

    @Override
    public Resource with(ManagementPolicies policy) {
        return this;
    }

    @Override
    public List<?> thing() {
        return List.of(namespace, secret);
    }

    @Override
    public Json.Obj body() {
        return obj(
                field("apiVersion", "helm.m.crossplane.io/v1beta1"),
                field("kind", "ProviderConfig"),
                field("metadata", meta.tree()),
                field(
                        "spec",
                        obj(field(
                                "credentials",
                                obj(
                                        field("source", "Secret"),
                                        field(
                                                "secretRef",
                                                obj(
                                                        field("name", secret),
                                                        field("namespace", namespace),
                                                        field("key", Kubeconfig.KEY))))))));
    }

    static ProviderConfig read(Meta meta, ObservedResource observed) {
        var ref = observed.body().object("spec", "credentials", "secretRef");
        return new ProviderConfig(
                meta, ref.text("namespace").orElse(""), ref.text("name").orElse(""));
    }
}
