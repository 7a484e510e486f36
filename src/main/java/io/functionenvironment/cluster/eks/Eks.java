package io.functionenvironment.cluster.eks;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.cluster.cloud.Cloud;
import io.functionenvironment.cluster.cloud.CloudPart;
import io.functionenvironment.cluster.cloud.CloudPart.Fixed;
import io.functionenvironment.cluster.cloud.CloudSize;
import io.functionenvironment.crossplane.provider.ProviderAws;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Amazon Elastic Kubernetes Service with Auto Mode: Amazon runs the nodes, the load balancers and the driver of volumes, so that
 * there are no node groups and no add-ons. The network is given, and the roles are given or the cluster's own.
 */
public final class Eks implements Cloud {
    private static final String CLUSTER = "cluster";
    private static final String CLUSTER_AUTH = "cluster-auth";
    /** It mostly takes a fifth of that. */
    private static final Duration CREATION = Duration.ofHours(1);

    @Override
    public String type() {
        return EksSize.TYPE;
    }

    @Override
    public CloudSize readSize(FieldReader at) {
        return EksSize.read(at);
    }

    @Override
    public List<String> partNames() {
        return Stream.concat(EksRoles.NAMES.stream(), Stream.of(CLUSTER, CLUSTER_AUTH))
                .toList();
    }

    /** The nodes are billed, too; they are no managed resources. */
    @Override
    public Set<String> billable() {
        return Set.of(CLUSTER);
    }

    @Override
    public String credentials() {
        return CLUSTER_AUTH;
    }

    @Override
    public String versionField() {
        return "version";
    }

    @Override
    public Map<String, Json.Obj> manifests(CloudSize size) {
        return EksManifests.of(size.as(EksSize.class));
    }

    @Override
    public List<String> manifestNames() {
        return EksManifests.NAMES;
    }

    @Override
    public List<CloudPart> parts(CloudSize size, Request request) {
        var eks = size.as(EksSize.class);
        var roles = new EksRoles(eks, request);
        var parts = new ArrayList<>(roles.parts());
        parts.add(new CloudPart(
                CLUSTER,
                ProviderAws.CLUSTER,
                Optional.of(request.name()),
                cluster(eks, request, roles),
                List.of(
                        Fixed.of("region"),
                        new Fixed("roles.cluster", "roleArn"),
                        new Fixed("roles.nodes", "computeConfig.nodeRoleArn"),
                        new Fixed("subnetIds", "vpcConfig.subnetIds")),
                CREATION));
        parts.add(new CloudPart(
                CLUSTER_AUTH,
                ProviderAws.CLUSTER_AUTH,
                Optional.empty(),
                obj(field("region", eks.options().location()), field("clusterName", request.name())),
                List.of(),
                Duration.ofMinutes(1)));
        return parts;
    }

    private static Json.Obj cluster(EksSize size, Request request, EksRoles roles) {
        var on = obj(field("enabled", true));
        return obj(
                field("region", size.options().location()),
                text("version", request.kubernetesVersion()),
                field("roleArn", roles.cluster()),
                field(
                        "vpcConfig",
                        obj(
                                field("subnetIds", texts(size.subnets())),
                                field("endpointPublicAccess", true),
                                field("endpointPrivateAccess", true),
                                field(
                                        "publicAccessCidrs",
                                        request.networks(size.options()).map(Json::texts)))),
                // The provider's principal, whose tokens are in the kubeconfig, gets its rights by being the creator.
                field(
                        "accessConfig",
                        obj(
                                field("authenticationMode", "API"),
                                field("bootstrapClusterCreatorAdminPermissions", true))),
                // With Auto Mode, Amazon runs them; Auto Mode requires all of the following together.
                field("bootstrapSelfManagedAddons", false),
                field(
                        "computeConfig",
                        obj(
                                field("enabled", true),
                                field("nodePools", texts("system")),
                                field("nodeRoleArn", roles.nodes()))),
                field("kubernetesNetworkConfig", obj(field("elasticLoadBalancing", on))),
                field("storageConfig", obj(field("blockStorage", on))),
                field("tags", texts(request.labels())));
    }

    @Override
    public Facts facts(Live live) {
        var region = live.forProvider().text("region").orElse("");
        return new Facts(
                region,
                live.atProvider().text("version"),
                live.atProvider().text("endpoint").filter(some -> !some.isEmpty()),
                "aws eks update-kubeconfig --region " + region + " --name " + live.name()
                        + "  # needs eks:DescribeCluster, and an access entry of the cluster");
    }
}
