package io.functionenvironment.cluster.aks;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.cluster.cloud.Cloud;
import io.functionenvironment.cluster.cloud.CloudPart;
import io.functionenvironment.cluster.cloud.CloudPart.Fixed;
import io.functionenvironment.cluster.cloud.CloudSize;
import io.functionenvironment.cluster.cloud.NodeCount;
import io.functionenvironment.crossplane.provider.ProviderAzure;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Azure Kubernetes Service: a cluster with its node pool, in a resource group of its own. */
public final class Aks implements Cloud {
    private static final String RESOURCE_GROUP = "resource-group";
    private static final String CLUSTER = "cluster";
    private static final Duration AT_ONCE = Duration.ofMinutes(1);
    /** It mostly takes a fifth of that. */
    private static final Duration CREATION = Duration.ofHours(1);

    @Override
    public String type() {
        return AksSize.TYPE;
    }

    @Override
    public CloudSize readSize(FieldReader at) {
        return AksSize.read(at);
    }

    @Override
    public List<String> partNames() {
        return List.of(RESOURCE_GROUP, CLUSTER);
    }

    @Override
    public Set<String> billable() {
        return Set.of(CLUSTER);
    }

    @Override
    public String credentials() {
        return CLUSTER;
    }

    @Override
    public String versionField() {
        return "kubernetesVersion";
    }

    @Override
    public List<CloudPart> parts(CloudSize size, Request request) {
        var aks = size.as(AksSize.class);
        return List.of(resourceGroup(aks, request), cluster(aks, request));
    }

    private static CloudPart resourceGroup(AksSize size, Request request) {
        return new CloudPart(
                RESOURCE_GROUP,
                ProviderAzure.RESOURCE_GROUP,
                Optional.of(request.name()),
                obj(field("location", size.options().location()), field("tags", texts(request.labels()))),
                List.of(Fixed.of("location")),
                AT_ONCE);
    }

    private static CloudPart cluster(AksSize size, Request request) {
        var accounts = size.options().identity().map(ignored -> new Json.Bool(true));
        return new CloudPart(
                CLUSTER,
                ProviderAzure.CLUSTER,
                Optional.of(request.name()),
                obj(
                        field("location", size.options().location()),
                        field("resourceGroupName", request.name()),
                        // Otherwise it has a name that does not say whose it is.
                        field("nodeResourceGroup", request.name() + "-nodes"),
                        field("dnsPrefix", request.name()),
                        text("kubernetesVersion", request.kubernetesVersion()),
                        field("skuTier", size.tier()),
                        // Azure has this tier only with this plan, and the plan only with this tier.
                        field(
                                "supportPlan",
                                Optional.of(new Json.Text("AKSLongTermSupport"))
                                        .filter(ignored -> size.tier().equals(AksSize.PREMIUM))),
                        field("identity", obj(field("type", "SystemAssigned"))),
                        // Left out, it would stay as it is.
                        field("localAccountDisabled", accounts.isPresent()),
                        field(
                                "azureActiveDirectoryRoleBasedAccessControl",
                                accounts.map(on -> obj(field("azureRbacEnabled", on)))),
                        field(
                                "networkProfile",
                                obj(field("networkPlugin", "azure"), field("networkPluginMode", "overlay"))),
                        field(
                                "apiServerAccessProfile",
                                request.networks(size.options())
                                        .map(networks -> obj(field("authorizedIpRanges", texts(networks))))),
                        field("defaultNodePool", nodePool(size, request)),
                        field("tags", texts(request.labels()))),
                List.of(
                        Fixed.of("location"),
                        // Otherwise the credentials that the kubeconfig has, or needs, would no longer be those of the
                        // cluster.
                        Fixed.orNone("identity", "localAccountDisabled"),
                        Fixed.orNone("subnetId", "defaultNodePool.vnetSubnetId")),
                CREATION);
    }

    private static Json.Obj nodePool(AksSize size, Request request) {
        var scaling = Optional.of(size.nodes()).filter(NodeCount::scales);
        var fixed = Optional.of(size.nodes()).filter(count -> !count.scales());
        return obj(
                field("name", "nodes"),
                field("vmSize", size.vmSize()),
                field("autoScalingEnabled", scaling.isPresent()),
                number("nodeCount", fixed.map(NodeCount::max)),
                number("minCount", scaling.map(NodeCount::min)),
                number("maxCount", scaling.map(NodeCount::max)),
                number("osDiskSizeGb", size.diskSizeGb()),
                field(
                        "zones",
                        Optional.of(size.zones())
                                .filter(some -> !some.isEmpty())
                                .map(Json::texts)),
                text("vnetSubnetId", size.subnet()),
                // Without it, the provider does not upgrade the nodes.
                text("orchestratorVersion", request.kubernetesVersion()),
                // With it, the provider can replace the nodes by others of another size.
                field("temporaryNameForRotation", "rotation"),
                // What Azure sets; without it, the provider would change it again and again.
                field("upgradeSettings", obj(field("maxSurge", "10%"))),
                field("tags", texts(request.labels())));
    }

    @Override
    public Facts facts(Live live) {
        return new Facts(
                live.forProvider().text("location").orElse(""),
                live.atProvider().text("currentKubernetesVersion"),
                live.atProvider().text("fqdn").filter(some -> !some.isEmpty()).map(host -> "https://" + host + ":443"),
                "az aks get-credentials --resource-group " + live.name() + " --name " + live.name()
                        + "  # needs the role Azure Kubernetes Service Cluster User"
                        + (live.forProvider().isTrue("localAccountDisabled")
                                ? ", and Azure Kubernetes Service RBAC Writer"
                                : ""));
    }
}
