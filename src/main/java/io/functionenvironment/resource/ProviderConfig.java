package io.functionenvironment.resource;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.tree.Tree;
import java.util.List;

/** How provider-helm reaches a cluster: by the kubeconfig in a Secret beside it. */
public record ProviderConfig(Meta meta, String namespace, String secret) implements Resource {

    @Override
    public Readiness readiness() {
        return Readiness.EXISTS;
    }

    @Override
    public Policy policy() {
        return Policy.KEEP;
    }

    @Override
    public Resource with(Policy policy) {
        return this;
    }

    @Override
    public List<?> thing() {
        return List.of(namespace, secret);
    }

    @Override
    public Tree.Obj body() {
        return obj(
                "apiVersion",
                "helm.m.crossplane.io/v1beta1",
                "kind",
                "ProviderConfig",
                "metadata",
                meta.tree(),
                "spec",
                obj(
                        "credentials",
                        obj(
                                "source",
                                "Secret",
                                "secretRef",
                                obj("name", secret, "namespace", namespace, "key", Kubeconfig.KEY))));
    }

    static ProviderConfig read(Meta meta, ObservedResource observed) {
        var ref = observed.body().object("spec", "credentials", "secretRef");
        return new ProviderConfig(
                meta, ref.text("namespace").orElse(""), ref.text("name").orElse(""));
    }
}
