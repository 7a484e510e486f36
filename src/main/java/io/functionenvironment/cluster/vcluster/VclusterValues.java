package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.VclusterOffer;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of the vcluster chart. The chart rejects unknown keys, so every key here is one that it has. */
final class VclusterValues {
    /** Values that make the chart create cluster-scoped objects, which are not deleted with the host namespace. */
    private static final List<String[]> CLUSTER_WIDE = Stream.of(
                    "pro",
                    "controlPlane.distro.k8s.scheduler.enabled",
                    "controlPlane.advanced.virtualScheduler.enabled",
                    "sync.toHost.storageClasses.enabled",
                    "sync.toHost.persistentVolumes.enabled",
                    "sync.toHost.priorityClasses.enabled",
                    "sync.toHost.resourceClaims.enabled",
                    "sync.toHost.resourceClaimTemplates.enabled",
                    "sync.toHost.pods.hybridScheduling.enabled",
                    "sync.toHost.gatewayApi.enabled",
                    "sync.toHost.gatewayApi.gateways.enabled",
                    "sync.toHost.gatewayApi.httpRoutes.enabled",
                    "sync.toHost.gatewayApi.tlsRoutes.enabled",
                    "sync.toHost.gatewayApi.backendTLSPolicies.enabled",
                    "sync.toHost.namespaces.enabled",
                    "sync.toHost.customResources",
                    "sync.fromHost.customResources",
                    "sync.fromHost.priorityClasses.enabled",
                    "sync.fromHost.deviceClasses.enabled",
                    "sync.fromHost.ingressClasses.enabled",
                    "sync.fromHost.runtimeClasses.enabled",
                    "sync.fromHost.storageClasses.enabled",
                    "sync.fromHost.csiNodes.enabled",
                    "sync.fromHost.csiDrivers.enabled",
                    "sync.fromHost.csiStorageCapacities.enabled",
                    "sync.fromHost.nodes.enabled",
                    "sync.fromHost.configMaps.enabled",
                    "sync.fromHost.secrets.enabled",
                    "sync.fromHost.gatewayClasses.enabled",
                    "sync.fromHost.gateways.enabled",
                    "integrations.kubeVirt.enabled",
                    "integrations.externalSecrets.enabled",
                    "integrations.certManager.enabled",
                    "integrations.metricsServer.enabled",
                    "integrations.istio.enabled",
                    "networking.replicateServices.fromHost",
                    "experimental.deploy.host.manifests",
                    "experimental.deploy.host.manifestsTemplate",
                    "platform.apiKey.namespace",
                    "rbac.clusterRole.enabled",
                    "rbac.clusterRole.overwriteRules",
                    "rbac.clusterRole.extraRules",
                    "plugin",
                    "plugins")
            .map(path -> path.split("\\."))
            .toList();

    private VclusterValues() {}

    /**
     * The platform's values, merged over those of the size and the isolation, and under those that the kubeconfig and the
     * Kubernetes version depend on. The lists of names in the certificate, of Secrets with a kubeconfig and of opened addresses
     * are joined.
     *
     * @param kubernetes the tag of the Kubernetes image
     */
    static Json.Obj of(
            VclusterSize size, Settings settings, VclusterPlacement placement, Demands demands, String kubernetes) {
        var offer = settings.vcluster();
        var service = placement.service();
        var names = Stream.concat(
                        Stream.of(service, service + ".cluster.local").map(Json.Text::new),
                        offer.values().items("controlPlane", "proxy", "extraSANs").stream())
                .distinct()
                .toList();
        // An additional Secret, because `vcluster connect` expects the localhost address in the default one.
        var kubeconfig = obj(
                field("name", placement.kubeconfig().from()),
                field("server", placement.address()),
                field("context", placement.release()));
        var secrets = Stream.concat(
                        Stream.of(kubeconfig), offer.values().items("exportKubeConfig", "additionalSecrets").stream())
                .toArray(Json[]::new);
        var required = obj(
                field("exportKubeConfig", obj(field("additionalSecrets", arr(secrets)))),
                field(
                        "controlPlane",
                        obj(
                                field("proxy", obj(field("extraSANs", names))),
                                field("distro", obj(field("k8s", obj(field("version", kubernetes))))))));
        var platform = Merge.values(
                Merge.over(base(size, offer, demands), IngressValues.of(settings.ingress())), offer.values());
        return Merge.over(Merge.over(platform, NetworkPolicyValues.opened(offer)), required);
    }

    /** The name of the Secret, in the host namespace, with the kubeconfig for clients within the host cluster. */
    static String secret(String release) {
        return release + "-incluster";
    }

    /** The tag of the Kubernetes image in values. */
    static Optional<String> kubernetes(Json.Obj values) {
        return values.text("controlPlane", "distro", "k8s", "version");
    }

    /** Whether the chart creates cluster-scoped objects with these values. */
    static boolean clusterWide(Json.Obj values) {
        return CLUSTER_WIDE.stream()
                .anyMatch(
                        path -> values.at(path).filter(VclusterValues::enabled).isPresent());
    }

    /** Whether a value enables a feature. With {@code auto} the chart enables it only if another of these features needs it. */
    private static boolean enabled(Json value) {
        return switch (value) {
            case Json.Bool(var bool) -> bool;
            case Json.Text(var text) -> !text.isEmpty() && !text.equals("false") && !text.equals("auto");
            case Json.Obj obj -> !obj.isEmpty();
            case Json.Arr(var items) -> !items.isEmpty();
            case Json.Num ignored -> false;
            case Json.Null ignored -> false;
        };
    }

    private static Json.Obj base(VclusterSize size, VclusterOffer offer, Demands demands) {
        var control = size.controlPlane();
        var policies = obj(
                field("podSecurityStandard", offer.podSecurity()),
                field("networkPolicy", NetworkPolicyValues.of(offer)),
                field(
                        "resourceQuota",
                        offer.quota()
                                ? obj(field("enabled", true), field("quota", Quota.hard(size, demands)))
                                : obj(field("enabled", false))),
                field("limitRange", offer.quota() ? Quota.limitRange(size) : obj(field("enabled", false))));
        // A retained volume would bring the state of a deleted cluster back into the next one of the same name.
        var volume = obj(
                field("size", size.storage().toString()),
                text("storageClass", size.storageClass()),
                field("retentionPolicy", "Delete"));
        var resources = obj(
                field(
                        "requests",
                        obj(field("cpu", "200m"), field("memory", "256Mi"), field("ephemeral-storage", "1Gi"))),
                field(
                        "limits",
                        obj(
                                field("cpu", control.cpu().toString()),
                                field("memory", control.memory().toString()),
                                field("ephemeral-storage", "10Gi"))));
        return obj(
                field(
                        "controlPlane",
                        obj(
                                field(
                                        "statefulSet",
                                        obj(
                                                field("image", obj(field("repository", "loft-sh/vcluster-oss"))),
                                                field("resources", resources),
                                                field("persistence", obj(field("volumeClaim", volume))))),
                                field(
                                        "advanced",
                                        offer.imageRegistry()
                                                .map(registry -> obj(field("defaultImageRegistry", registry)))))),
                field("policies", policies),
                field("telemetry", obj(field("enabled", false))));
    }
}
