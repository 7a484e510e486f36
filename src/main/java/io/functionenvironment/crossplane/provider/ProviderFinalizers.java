package io.functionenvironment.crossplane.provider;

/**
 * The finalizers that every provider built on crossplane-runtime 2 adds. A resource that is created with its finalizer saves the
 * provider a write, which would cost two tokens of Crossplane's watch circuit breaker.
 */
public final class ProviderFinalizers {
    /** Of managed resources ({@code pkg/reconciler/managed}). */
    public static final String MANAGED = "finalizer.managedresource.crossplane.io";

    /** Of provider configurations ({@code pkg/reconciler/providerconfig}). */
    public static final String PROVIDER_CONFIG = "in-use.crossplane.io";

    private ProviderFinalizers() {}
}
