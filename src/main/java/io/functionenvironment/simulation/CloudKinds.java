package io.functionenvironment.simulation;

import java.time.Duration;
import java.util.List;

/** The kinds of managed resource of cloud providers that clusters consist of, with times that they usually take. */
public final class CloudKinds {
    private static final String GKE = "container.gcp.m.upbound.io/v1beta1";

    public static final ManagedKind GKE_CLUSTER = ManagedKind.of(GKE, "Cluster")
            .withCreation(Duration.ofMinutes(10))
            .withDeletion(Duration.ofMinutes(5))
            .withCluster();

    public static final ManagedKind GKE_NODE_POOL =
            ManagedKind.of(GKE, "NodePool").withCreation(Duration.ofMinutes(3)).withDeletion(Duration.ofMinutes(4));

    public static final ManagedKind RESOURCE_GROUP = ManagedKind.of("azure.m.upbound.io/v1beta1", "ResourceGroup")
            .withCreation(Duration.ofSeconds(10))
            .withDeletion(Duration.ofMinutes(1));

    public static final ManagedKind AKS_CLUSTER = ManagedKind.of(
                    "containerservice.azure.m.upbound.io/v1beta1", "KubernetesCluster")
            .withCreation(Duration.ofMinutes(8))
            .withDeletion(Duration.ofMinutes(6))
            .withCluster();

    private static final String EKS = "eks.aws.m.upbound.io/v1beta1";

    public static final ManagedKind EKS_CLUSTER = ManagedKind.of(EKS, "Cluster")
            .withCreation(Duration.ofMinutes(11))
            .withDeletion(Duration.ofMinutes(8))
            .withCluster();

    /** It asks Amazon for the cluster, and signs a token. */
    private static final ManagedKind CLUSTER_AUTH = ManagedKind.of(EKS, "ClusterAuth")
            .withCreation(Duration.ofSeconds(3))
            .withDeletion(Duration.ZERO)
            .withCredentialsOf("clusterName");

    private static final ManagedKind ROLE = ManagedKind.of("iam.aws.m.upbound.io/v1beta1", "Role")
            .withCreation(Duration.ofSeconds(5))
            .withDeletion(Duration.ofSeconds(5));

    static final List<ManagedKind> ALL =
            List.of(GKE_CLUSTER, GKE_NODE_POOL, RESOURCE_GROUP, AKS_CLUSTER, EKS_CLUSTER, CLUSTER_AUTH, ROLE);

    private CloudKinds() {}
}
