package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.stream.Stream;

/** Whether the chart creates cluster-scoped objects, which are not deleted with the host namespace. */
final class ClusterWideObjects {
    /** Values that make it create some. */
    private static final List<String[]> CAUSES = Stream.of(
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

    private ClusterWideObjects() {}

    /** Whether the chart creates cluster-scoped objects with these values. */
    static boolean in(Json.Obj values) {
        return CAUSES.stream()
                .anyMatch(path ->
                        values.at(path).filter(ClusterWideObjects::enabled).isPresent());
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
}
