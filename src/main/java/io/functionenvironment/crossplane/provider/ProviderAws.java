package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Gvk;
import java.util.List;

/**
 * Facts about provider-aws-eks and -iam 2.6.0 ({@code package/crds}, {@code internal/controller/namespaced/eks/clusterauth}).
 *
 * <p>Only a ClusterAuth writes a kubeconfig, with a token of at most 15 minutes that it renews. The token is that of the provider's
 * own principal, which is an administrator of the clusters that it creates.
 */
public final class ProviderAws {
    private static final String VERSION = "v2.6.0";
    private static final String EKS = "eks.aws.m.upbound.io/v1beta1";

    public static final List<CloudPackage> PACKAGES =
            List.of(new CloudPackage("provider-aws-eks", VERSION), new CloudPackage("provider-aws-iam", VERSION));

    public static final Gvk ROLE = new Gvk("iam.aws.m.upbound.io/v1beta1", "Role");
    public static final Gvk CLUSTER = new Gvk(EKS, "Cluster");
    public static final Gvk CLUSTER_AUTH = new Gvk(EKS, "ClusterAuth");

    /** The kinds that are composed. */
    public static final List<Gvk> KINDS = List.of(ROLE, CLUSTER, CLUSTER_AUTH);

    private ProviderAws() {}
}
