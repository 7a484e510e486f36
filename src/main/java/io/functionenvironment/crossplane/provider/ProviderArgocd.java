package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;

/**
 * Facts about provider-argocd 0.14.3.
 *
 * <p>It looks a registered cluster up by {@code metadata.name} at first, and by the name that Argo CD returns afterwards. Before
 * it deletes one it reads the kubeconfig, so while the Secret is missing it deletes none.
 */
public final class ProviderArgocd {
    /** A cluster that is registered in Argo CD. It is not namespaced. */
    public static final Gvk CLUSTER = new Gvk("cluster.argocd.crossplane.io/v1alpha1", "Cluster");

    private ProviderArgocd() {}
}
