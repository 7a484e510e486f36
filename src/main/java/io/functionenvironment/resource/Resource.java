package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A resource as this function desires it, without the metadata that tracks it. Reading one back from what is observed yields
 * an equal one, if nobody changed it.
 */
public sealed interface Resource permits Release, KubernetesObject, ProviderConfig, ConfigMap, Usage, ManagedResource {

    /** The resource that would produce an observed one: the fields that this function sets, and no others. */
    static Resource read(ObservedResource observed) {
        return ResourceTypes.read(observed);
    }

    Gvk gvk();

    Readiness readiness();

    /** What its provider may do with the external resource; {@link ManagementPolicies#NO_DELETE} where there is none. */
    default ManagementPolicies policies() {
        return ManagementPolicies.NO_DELETE;
    }

    /** The same resource with other policies; itself where it has none. */
    default Resource with(ManagementPolicies policies) {
        return this;
    }

    /** Whether a provider keeps an external resource for it, which may have to be deleted before others. */
    default boolean external() {
        return false;
    }

    /** What it stands for, to compare it by: its whole spec, except how its provider goes about it. */
    List<?> identity();

    /** Whether an observed resource stands for the same. Ready says something about the former spec until it does. */
    default boolean matches(ObservedResource observed) {
        return gvk().equals(observed.gvk()) && read(observed).identity().equals(identity());
    }

    /** Whether what an observed resource stands for works, although maybe not as desired now. */
    default boolean works(ObservedResource observed) {
        return observed.condition("Ready").filter(Condition::isTrue).isPresent();
    }

    /**
     * Why its provider will never report an observed resource as ready, although it reports no error.
     *
     * @return what to change; empty mostly
     */
    default Optional<String> contradiction(ObservedResource observed, Instant now) {
        return Optional.empty();
    }

    /**
     * The body for Crossplane to apply.
     *
     * @param observed what exists of it, from which follows what makes its provider look sooner while it is not ready
     */
    Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now);
}
