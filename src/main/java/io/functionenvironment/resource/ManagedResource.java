package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
import io.functionenvironment.crossplane.provider.ProviderFinalizers;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A managed resource of a type without a class of its own, such as a cloud provider's.
 *
 * @param spec without {@code managementPolicies}. Read back, it has the fields that the provider filled in, too
 * @param externalName the name at the provider; empty leaves it to the provider
 * @param reconcileRequest a token; a changed one makes the provider reconcile at once
 * @param wrote what the function has to take back when it is no longer requested, because the provider leaves it as it is. The spec
 *     does not tell: it also has what others wrote
 */
public record ManagedResource(
        Gvk gvk,
        Json.Obj spec,
        ManagementPolicies policies,
        Optional<String> externalName,
        Optional<String> reconcileRequest,
        Optional<String> wrote)
        implements Resource {
    /** The annotation with what the function wrote. */
    public static final String WROTE = Tracking.PREFIX + "wrote";

    @Override
    public Readiness readiness() {
        return Readiness.READY_AND_SYNCED;
    }

    @Override
    public ManagedResource with(ManagementPolicies other) {
        return new ManagedResource(gvk, spec, other, externalName, reconcileRequest, wrote);
    }

    @Override
    public boolean external() {
        return true;
    }

    @Override
    public List<?> identity() {
        return List.of(gvk, spec);
    }

    /** Whether the spec has all that is desired: the provider adds fields of its own. */
    @Override
    public boolean matches(ObservedResource observed) {
        var seen = observed.body().object("spec");
        return gvk.equals(observed.gvk()) && Merge.over(seen, spec).equals(seen);
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        return obj(
                field("apiVersion", gvk.apiVersion()),
                field("kind", gvk.kind()),
                field(
                        "metadata",
                        tracking.metadata(
                                observed,
                                ProviderFinalizers.MANAGED,
                                policies.delete(),
                                text(ManagedAnnotations.EXTERNAL_NAME, externalName),
                                text(ManagedAnnotations.RECONCILE_REQUEST, reconcileRequest),
                                text(WROTE, wrote))),
                field("spec", Merge.over(spec, obj(field("managementPolicies", policies.json())))));
    }

    static ManagedResource read(ObservedResource observed) {
        return new ManagedResource(
                observed.gvk(),
                Merge.replaced(observed.body().object("spec"), Optional.empty(), "managementPolicies"),
                ManagementPolicies.of(observed.body()),
                observed.annotation(ManagedAnnotations.EXTERNAL_NAME),
                observed.annotation(ManagedAnnotations.RECONCILE_REQUEST),
                observed.annotation(WROTE));
    }
}
