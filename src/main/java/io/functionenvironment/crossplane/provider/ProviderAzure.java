package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import java.util.List;

/**
 * Facts about provider-azure-containerservice 2.7.0 and provider-family-azure, which it depends on ({@code package/crds},
 * {@code config/namespaced/containerservice}).
 *
 * <p>The kubeconfig in the connection Secret has the certificate of a local account. Without local accounts it has a command
 * instead, which provider-helm and provider-kubernetes replace by the identity in their ProviderConfig; with a certificate they
 * refuse an identity.
 */
public final class ProviderAzure {
    public static final CloudPackage PACKAGE = new CloudPackage("provider-azure-containerservice", "v2.7.0");

    public static final Gvk RESOURCE_GROUP = new Gvk("azure.m.upbound.io/v1beta1", "ResourceGroup");
    public static final Gvk CLUSTER = new Gvk("containerservice.azure.m.upbound.io/v1beta1", "KubernetesCluster");

    /** The kinds that are composed. */
    public static final List<Gvk> KINDS = List.of(RESOURCE_GROUP, CLUSTER);

    private ProviderAzure() {}
}
