package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A resource as we desire it. Reading one back from what is observed yields an equal one, if nobody changed it. */
public sealed interface Resource permits Release, KubernetesObject, ProviderConfig, Usage {
    Set<String> KINDS = Set.of("Release", "Object", "ProviderConfig", "Usage");

    Meta meta();

    Readiness readiness();

    ManagementPolicies policy();

    /** The same resource under another policy. */
    Resource with(ManagementPolicies policy);

    /** What it stands for, to compare it by: all of its spec, but not how its provider is to go about it. */
    List<?> thing();

    /** What Crossplane is to apply. */
    Json.Obj body();

    /**
     * What Crossplane is to apply, given what exists: with what speeds the provider up as long as the resource is not
     * ready, and holds still otherwise.
     */
    default Json.Obj body(Optional<ObservedResource> observed, Instant now) {
        return body();
    }

    /** The resource that would look like an observed one: its fields that we set ourselves, and no others. */
    static Optional<Resource> read(ObservedResource observed) {
        return Meta.of(observed).flatMap(meta -> read(meta, observed));
    }

    /** Likewise, for one that is known to be ours by its composition-resource-name, whatever became of its labels. */
    static Optional<Resource> read(String environment, String component, ObservedResource observed) {
        return read(
                new Meta(environment, component, observed.annotation(Meta.NEEDS).orElse("")), observed);
    }

    /** Whether it is of a kind that can be read. */
    static boolean known(ObservedResource observed) {
        return observed.body().text("kind").filter(KINDS::contains).isPresent();
    }

    private static Optional<Resource> read(Meta meta, ObservedResource observed) {
        return (switch (observed.body().text("kind").orElse("")) {
            case "Release" -> Optional.<Resource>of(Release.read(meta, observed));
            case "Object" -> Optional.of(KubernetesObject.read(meta, observed));
            case "ProviderConfig" -> Optional.of(ProviderConfig.read(meta, observed));
            case "Usage" -> Optional.of(Usage.read(meta, observed));
            default -> Optional.<Resource>empty();
        });
    }
}
