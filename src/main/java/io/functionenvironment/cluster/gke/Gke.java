package io.functionenvironment.cluster.gke;

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
import io.functionenvironment.crossplane.provider.ProviderGcp;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Google Kubernetes Engine: a cluster and a node pool, or a cluster with Autopilot. */
public final class Gke implements Cloud {
    private static final String CLUSTER = "cluster";
    private static final String NODE_POOL = "node-pool";
    /** It mostly takes a fifth of that. */
    private static final Duration CREATION = Duration.ofHours(1);

    private static final String ALL_OF_GOOGLE_CLOUD = "https://www.googleapis.com/auth/cloud-platform";

    @Override
    public String type() {
        return GkeSize.TYPE;
    }

    @Override
    public CloudSize readSize(FieldReader at) {
        return GkeSize.read(at);
    }

    @Override
    public List<String> partNames() {
        return List.of(CLUSTER, NODE_POOL);
    }

    @Override
    public Set<String> billable() {
        return Set.of(CLUSTER, NODE_POOL);
    }

    @Override
    public String credentials() {
        return CLUSTER;
    }

    @Override
    public String versionField() {
        return "minMasterVersion";
    }

    @Override
    public boolean versionIsMinimum() {
        return true;
    }

    @Override
    public List<CloudPart> parts(CloudSize size, Request request) {
        var gke = size.as(GkeSize.class);
        var cluster = cluster(gke, request);
        return gke.nodes()
                .map(nodes -> List.of(cluster, nodePool(gke, nodes, request)))
                .orElseGet(() -> List.of(cluster));
    }

    private static CloudPart cluster(GkeSize size, Request request) {
        var autopilot = size.nodes().isEmpty();
        // Google Cloud creates no cluster without a node pool, so one is created and removed at once.
        var pool = autopilot ? Optional.<Json>empty() : Optional.of(new Json.Num(1));
        var zones = size.nodes().map(GkeSize.Nodes::zones).filter(some -> !some.isEmpty());
        return new CloudPart(
                CLUSTER,
                ProviderGcp.CLUSTER,
                Optional.of(request.name()),
                obj(
                        field("location", size.options().location()),
                        text("project", size.project()),
                        text("minMasterVersion", request.kubernetesVersion()),
                        field("releaseChannel", obj(field("channel", size.channel()))),
                        field("enableAutopilot", autopilot),
                        field("initialNodeCount", pool),
                        field("removeDefaultNodePool", pool.map(ignored -> new Json.Bool(true))),
                        field("nodeLocations", zones.map(Json::texts)),
                        text("network", size.network()),
                        text("subnetwork", size.subnetwork()),
                        field("resourceLabels", texts(request.labels())),
                        field(
                                "masterAuthorizedNetworksConfig",
                                request.networks(size.options()).map(Gke::networks)),
                        // Otherwise the provider refuses to delete it.
                        field("deletionProtection", false)),
                List.of(
                        Fixed.of("location"),
                        Fixed.of("project"),
                        new Fixed("autopilot", "enableAutopilot"),
                        // The provider requests this one of Google Cloud where it is absent.
                        Fixed.orDefault("network", "network", GkeSize.DEFAULT),
                        Fixed.of("subnetwork")),
                CREATION,
                // For the node pool that is removed at once. It cannot change, so it must not be asked for later.
                size.nodes()
                        .flatMap(GkeSize.Nodes::serviceAccount)
                        .map(account -> obj(field("nodeConfig", obj(field("serviceAccount", account)))))
                        .orElse(Json.Obj.EMPTY));
    }

    private static Json.Obj networks(List<String> networks) {
        return obj(field(
                "cidrBlocks",
                networks.stream()
                        .map(network -> obj(field("cidrBlock", network)))
                        .toList()));
    }

    private static CloudPart nodePool(GkeSize size, GkeSize.Nodes nodes, Request request) {
        var zones = Optional.of(nodes.zones()).filter(some -> !some.isEmpty());
        var scaling = Optional.of(nodes.count()).filter(NodeCount::scales);
        return new CloudPart(
                NODE_POOL,
                ProviderGcp.NODE_POOL,
                Optional.of("nodes"),
                obj(
                        field("cluster", request.name()),
                        field("location", size.options().location()),
                        text("project", size.project()),
                        field("nodeLocations", zones.map(Json::texts)),
                        number("nodeCount", Optional.of(nodes.count().max()).filter(ignored -> scaling.isEmpty())),
                        number("initialNodeCount", scaling.map(count -> Math.max(1, count.min()))),
                        field(
                                "autoscaling",
                                scaling.map(count ->
                                        obj(field("minNodeCount", count.min()), field("maxNodeCount", count.max())))),
                        // A release channel requires both.
                        field("management", obj(field("autoRepair", true), field("autoUpgrade", true))),
                        field(
                                "nodeConfig",
                                obj(
                                        field("machineType", nodes.machineType()),
                                        field("spot", nodes.spot()),
                                        number("diskSizeGb", nodes.diskSizeGb()),
                                        text("diskType", nodes.diskType()),
                                        text("serviceAccount", nodes.serviceAccount()),
                                        field("oauthScopes", texts(ALL_OF_GOOGLE_CLOUD)),
                                        field("resourceLabels", texts(request.labels()))))),
                List.of(
                        new Fixed("spot", "nodeConfig.spot"),
                        Fixed.orDefault("nodeServiceAccount", "nodeConfig.serviceAccount", GkeSize.DEFAULT)),
                CREATION);
    }

    @Override
    public Facts facts(Live live) {
        var location = live.forProvider().text("location").orElse("");
        var project = live.atProvider()
                .text("project")
                .or(() -> live.forProvider().text("project"))
                .map(" --project "::concat)
                .orElse("");
        return new Facts(
                location,
                live.atProvider().text("masterVersion"),
                live.atProvider()
                        .text("endpoint")
                        .filter(some -> !some.isEmpty())
                        .map("https://"::concat),
                "gcloud container clusters get-credentials " + live.name() + " --location " + location + project
                        + "  # needs roles/container.developer in the project");
    }
}
