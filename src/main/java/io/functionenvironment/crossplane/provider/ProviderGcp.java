package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import java.util.List;

/**
 * Facts about provider-gcp-container 3.0.0 ({@code package/crds}, {@code config/namespaced/container}).
 *
 * <p>The kubeconfig in the connection Secret of a cluster has an address and a CA, and no credentials that work: a client needs an
 * identity of Google Cloud besides. Without {@code deletionProtection: false} the provider refuses to delete a cluster.
 */
public final class ProviderGcp {
    public static final CloudPackage PACKAGE = new CloudPackage("provider-gcp-container", "v3.0.0");

    private static final String CONTAINER = "container.gcp.m.upbound.io/v1beta1";
    public static final Gvk CLUSTER = new Gvk(CONTAINER, "Cluster");
    public static final Gvk NODE_POOL = new Gvk(CONTAINER, "NodePool");

    /** The kinds that are composed. */
    public static final List<Gvk> KINDS = List.of(CLUSTER, NODE_POOL);

    private ProviderGcp() {}
}
