package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
import io.functionenvironment.crossplane.provider.ProviderFinalizers;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Any object in a cluster (provider-kubernetes, {@code kubernetes.m.crossplane.io/v1alpha1}).
 *
 * @param readyQuery a CEL expression over {@code object} that must hold for it to be ready; none: ready once it exists
 * @param reconcileRequest a token; a changed one makes the provider reconcile at once. While the object is not ready the
 *     provider ignores every poll interval but its own, half a minute
 * @param createdAt written as the time of the creation, in place of the provider's own note. For a while after its note the
 *     provider does not believe that the object is gone, and keeps a deleted Object that long
 */
public record KubernetesObject(
        Json.Obj manifest,
        ProviderConfigRef config,
        ManagementPolicies policies,
        Optional<String> readyQuery,
        Optional<String> reconcileRequest,
        Optional<String> createdAt)
        implements Resource {
    public static KubernetesObject of(Json.Obj manifest, ProviderConfigRef config, ManagementPolicies policies) {
        return new KubernetesObject(manifest, config, policies, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An object that is only observed. */
    public static KubernetesObject observed(Json.Obj manifest, ProviderConfigRef config, String readyQuery) {
        return new KubernetesObject(
                manifest,
                config,
                ManagementPolicies.OBSERVE,
                Optional.of(readyQuery),
                Optional.empty(),
                Optional.empty());
    }

    public ObjectKey key() {
        return ObjectKey.of(manifest);
    }

    /** Whether both stand for one object in one cluster. */
    public boolean sameObject(KubernetesObject other) {
        return key().equals(other.key()) && config.equals(other.config);
    }

    public KubernetesObject readyWhen(Optional<String> query) {
        return new KubernetesObject(manifest, config, policies, query, reconcileRequest, createdAt);
    }

    public KubernetesObject requestingReconcile(Optional<String> token) {
        return new KubernetesObject(manifest, config, policies, readyQuery, token, createdAt);
    }

    public KubernetesObject createdAt(Optional<String> time) {
        return new KubernetesObject(manifest, config, policies, readyQuery, reconcileRequest, time);
    }

    @Override
    public KubernetesObject with(ManagementPolicies other) {
        return new KubernetesObject(manifest, config, other, readyQuery, reconcileRequest, createdAt);
    }

    @Override
    public Gvk gvk() {
        return ProviderKubernetes.OBJECT;
    }

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public boolean external() {
        return true;
    }

    @Override
    public List<?> identity() {
        return List.of(manifest, config, readyQuery);
    }

    /** A query that fails, or what an object says itself: the provider reports neither as an error. */
    @Override
    public Optional<String> contradiction(ObservedResource observed, Instant now) {
        return Optional.of(ProviderKubernetes.manifest(observed))
                .filter(ignored -> policies == ManagementPolicies.OBSERVE)
                .flatMap(StuckWorkload::of)
                .or(() -> readyQuery.flatMap(query -> ProviderKubernetes.queryError(observed, now)
                        .or(() -> ProviderKubernetes.notReady(observed, now))));
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        return obj(
                field("apiVersion", gvk().apiVersion()),
                field("kind", gvk().kind()),
                field(
                        "metadata",
                        tracking.metadata(
                                observed,
                                ProviderFinalizers.MANAGED,
                                policies.delete(),
                                field(ManagedAnnotations.EXTERNAL_NAME, externalName(observed)),
                                text(
                                        ManagedAnnotations.POLL_INTERVAL,
                                        readyQuery.map(query -> ProviderKubernetes.QUERY_POLL)),
                                text(ManagedAnnotations.RECONCILE_REQUEST, reconcileRequest),
                                // Both, because a creation that began after it succeeded counts as one that never
                                // ended.
                                text(ManagedAnnotations.CREATE_PENDING, createdAt),
                                text(ManagedAnnotations.CREATE_SUCCEEDED, createdAt))),
                field("spec", spec()));
    }

    /** The provider does not use it, but writes one where it is missing. */
    private String externalName(Optional<ObservedResource> observed) {
        return observed.flatMap(seen -> seen.annotation(ManagedAnnotations.EXTERNAL_NAME))
                .or(() -> manifest.text("metadata", "name"))
                .orElse("");
    }

    private Json.Obj spec() {
        return obj(
                field("forProvider", obj(field("manifest", manifest))),
                // Ignored unless the provider runs with watches enabled; then it sees changes at once.
                field("watch", true),
                field(
                        "readiness",
                        readyQuery.map(query -> obj(field("policy", "DeriveFromCelQuery"), field("celQuery", query)))),
                field("managementPolicies", policies.json()),
                field("providerConfigRef", config.json()));
    }

    static KubernetesObject read(ObservedResource observed) {
        var spec = observed.body().object("spec");
        return new KubernetesObject(
                spec.object("forProvider", "manifest"),
                ProviderConfigRef.of(spec.object("providerConfigRef")),
                ManagementPolicies.of(observed.body()),
                spec.text("readiness", "celQuery"),
                observed.annotation(ManagedAnnotations.RECONCILE_REQUEST),
                writtenCreation(observed));
    }

    /** The time that this function wrote; empty if the note is the provider's own. */
    public static Optional<String> writtenCreation(ObservedResource observed) {
        return ProviderKubernetes.longAgo(observed)
                .filter(ours ->
                        observed.annotation(ManagedAnnotations.CREATE_PENDING).equals(Optional.of(ours))
                                && observed.annotation(ManagedAnnotations.CREATE_SUCCEEDED)
                                        .equals(Optional.of(ours)));
    }
}
