package io.functionenvironment.cluster.eks;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.cluster.cloud.Cloud;
import io.functionenvironment.cluster.cloud.CloudPart;
import io.functionenvironment.crossplane.provider.ProviderAws;
import io.functionenvironment.json.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The roles of a cluster with Auto Mode and of its nodes, with the policies that Amazon's documentation of Auto Mode names. The
 * policies are part of the roles, and not resources of their own: so there are seven resources less to delete in order.
 */
record EksRoles(EksSize size, Cloud.Request request) {
    private static final String CLUSTER = "role-cluster";
    private static final String NODES = "role-nodes";
    static final List<String> NAMES = List.of(CLUSTER, NODES);

    List<CloudPart> parts() {
        return size.roles().isPresent()
                ? List.of()
                : List.of(
                        role(
                                CLUSTER,
                                "eks.amazonaws.com",
                                List.of("sts:AssumeRole", "sts:TagSession"),
                                List.of(
                                        "AmazonEKSBlockStoragePolicy",
                                        "AmazonEKSClusterPolicy",
                                        "AmazonEKSComputePolicy",
                                        "AmazonEKSLoadBalancingPolicy",
                                        "AmazonEKSNetworkingPolicy")),
                        role(
                                NODES,
                                partition().machines(),
                                List.of("sts:AssumeRole"),
                                List.of("AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy")));
    }

    private CloudPart role(String name, String service, List<String> actions, List<String> policies) {
        var trust = obj(
                field("Version", "2012-10-17"),
                field(
                        "Statement",
                        List.of(obj(
                                field("Effect", "Allow"),
                                field("Principal", obj(field("Service", service))),
                                field("Action", texts(actions))))));
        return new CloudPart(
                name,
                ProviderAws.ROLE,
                Optional.of(external(name)),
                obj(
                        field("assumeRolePolicy", Yaml.json(trust)),
                        field(
                                "managedPolicyArns",
                                texts(policies.stream().map(partition()::policy).toList())),
                        // Also what somebody attached besides, which would keep the role.
                        field("forceDetachPolicies", true),
                        field("tags", texts(request.labels()))),
                List.of(),
                Duration.ofMinutes(1));
    }

    private Partition partition() {
        return Partition.of(size.options().location());
    }

    private String external(String name) {
        return request.name() + name.substring("role".length());
    }

    String cluster() {
        return arn(size.roles().map(EksSize.Roles::cluster), CLUSTER, "roleArn");
    }

    String nodes() {
        return arn(size.roles().map(EksSize.Roles::nodes), NODES, "computeConfig", "nodeRoleArn");
    }

    /** Amazon chooses the ARN of an own role. What the cluster has stays, unless that is a given role, which is then refused. */
    private String arn(Optional<String> given, String role, String... path) {
        var current = request.desired("cluster", path);
        return given.or(() -> current.filter(arn -> arn.endsWith("/" + external(role))))
                .or(() -> current.map(other -> "a role of its own"))
                .or(() -> request.reported(role, "arn"))
                .orElse("");
    }
}
