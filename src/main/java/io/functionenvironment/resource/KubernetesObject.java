package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Any object in the host cluster (provider-kubernetes, {@code kubernetes.m.crossplane.io/v1alpha1}).
 *
 * @param healthy a CEL expression over {@code object} that must hold for it to be ready; none: ready when made
 * @param nudge a token; provider-kubernetes looks again at once when it changes. While the object is not ready it heeds no
 *     poll interval but its own, half a minute
 * @param made when the provider is to believe that it made the object, in place of its own note of that. For half a minute
 *     after its note it does not believe that the object is gone, and keeps a deleted resource that long
 */
public record KubernetesObject(
        Meta meta,
        Json.Obj manifest,
        ConfigRef config,
        ManagementPolicies policy,
        Optional<String> healthy,
        Optional<String> nudge,
        Optional<String> made)
        implements Resource {
    private static final String PENDING = "crossplane.io/external-create-pending";
    private static final String SUCCEEDED = "crossplane.io/external-create-succeeded";
    private static final Duration LONG_AGO = Duration.ofHours(1);

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public KubernetesObject with(ManagementPolicies other) {
        return new KubernetesObject(meta, manifest, config, other, healthy, nudge, made);
    }

    @Override
    public List<?> thing() {
        return List.of(manifest, config, healthy);
    }

    @Override
    public Json.Obj body() {
        return obj(
                field("apiVersion", "kubernetes.m.crossplane.io/v1alpha1"),
                field("kind", "Object"),
                field(
                        "metadata",
                        meta.tree(
                                text("crossplane.io/poll-interval", healthy.map(query -> "1m")),
                                        text(Release.NUDGE, nudge),
                                // Both, since a creation that began after it succeeded counts as one that never ended.
                                text(PENDING, made), text(SUCCEEDED, made))),
                field(
                        "spec",
                        obj(
                                field(
                                        "forProvider",
                                        obj(field(
                                                "manifest", manifest))), // Ignored unless the provider was started with
                                // watches; then it is told of changes at once.
                                field("watch", true),
                                field(
                                        "readiness",
                                        healthy.map(query ->
                                                obj(field("policy", "DeriveFromCelQuery"), field("celQuery", query)))),
                                field("managementPolicies", policy.tree()),
                                field("providerConfigRef", config.tree()))));
    }

    static KubernetesObject read(Meta meta, ObservedResource observed) {
        var spec = observed.body().object("spec");
        return new KubernetesObject(
                meta,
                spec.object("forProvider", "manifest"),
                ConfigRef.of(spec.object("providerConfigRef")),
                ManagementPolicies.of(observed.body()),
                spec.text("readiness", "celQuery"),
                observed.annotation(Release.NUDGE),
                made(observed));
    }

    /** A time so long before a resource was created that its provider has no doubts left. */
    public static Optional<String> longAgo(ObservedResource observed) {
        return observed.created().map(created -> created.minus(LONG_AGO).toString());
    }

    /** The time that we wrote; empty if what is written is the provider's own. */
    public static Optional<String> made(ObservedResource observed) {
        return longAgo(observed)
                .filter(ours -> observed.annotation(PENDING).equals(Optional.of(ours))
                        && observed.annotation(SUCCEEDED).equals(Optional.of(ours)));
    }
}
