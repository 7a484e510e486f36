package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;

/** Facts about provider-kubernetes 1.3.0. */
public final class ProviderKubernetes {
    public static final Gvk OBJECT = new Gvk("kubernetes.m.crossplane.io/v1alpha1", "Object");
    public static final Gvk PROVIDER_CONFIG = new Gvk("kubernetes.m.crossplane.io/v1alpha1", "ProviderConfig");

    /** The interval for an Object whose readiness is a query; by itself the provider looks every ten minutes. */
    public static final String QUERY_POLL = "1m";

    /**
     * For this long after its own note of a creation the provider does not believe that the object is gone, and keeps a
     * deleted Object that long.
     */
    public static final Duration CREATION_DOUBT = Duration.ofMinutes(1);

    private ProviderKubernetes() {}

    /** The object that an Object stands for, as last observed; empty if the provider never found it. See {@link #absent}. */
    public static Json.Obj manifest(ObservedResource object) {
        return object.body().object("status", "atProvider", "manifest");
    }

    /** Whether the provider looked for the object and did not find it. */
    public static boolean absent(ObservedResource object) {
        return object.condition("Synced")
                .filter(synced -> synced.status().equals("False") && ProviderError.externalMissing(synced.message()))
                .isPresent();
    }

    /** A time so long before the Object was created that the provider has no doubt left about the creation. */
    public static Optional<String> longAgo(ObservedResource object) {
        return object.created()
                .map(created -> created.minus(Duration.ofHours(1)).toString());
    }
}
