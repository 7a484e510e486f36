package io.functionenvironment.resource;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Optional;

/**
 * Any object in the host cluster (provider-kubernetes, {@code kubernetes.m.crossplane.io/v1alpha1}).
 *
 * @param healthy a CEL expression over {@code object} that must hold for it to be ready; none: ready when made
 * @param nudge a token; provider-kubernetes looks again at once when it changes. While the object is not ready it heeds no
 *     poll interval but its own, half a minute
 */
public record HostObject(
        Meta meta, Tree.Obj manifest, ConfigRef config, Policy policy, Optional<String> healthy, Optional<String> nudge)
        implements Resource {

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public HostObject with(Policy other) {
        return new HostObject(meta, manifest, config, other, healthy, nudge);
    }

    @Override
    public List<?> thing() {
        return List.of(manifest, config, healthy);
    }

    @Override
    public Tree.Obj body() {
        return obj(
                "apiVersion",
                "kubernetes.m.crossplane.io/v1alpha1",
                "kind",
                "Object",
                "metadata",
                meta.tree("crossplane.io/poll-interval", healthy.map(query -> "1m"), Release.NUDGE, nudge),
                "spec",
                obj(
                        "forProvider", obj("manifest", manifest),
                        // Ignored unless the provider was started with watches; then it is told of changes at once.
                        "watch", true,
                        "readiness", healthy.map(query -> obj("policy", "DeriveFromCelQuery", "celQuery", query)),
                        "managementPolicies", policy.tree(),
                        "providerConfigRef", config.tree()));
    }

    static HostObject read(Meta meta, ObservedResource observed) {
        var spec = observed.body().object("spec");
        return new HostObject(
                meta,
                spec.object("forProvider", "manifest"),
                ConfigRef.of(spec.object("providerConfigRef")),
                Policy.of(observed.body()),
                spec.text("readiness", "celQuery"),
                observed.annotation(Release.NUDGE));
    }
}
