package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Optional;

/** How the providers reach a virtual cluster: with the kubeconfig that its Release copies into the Environment's namespace. */
record ClusterAccess(Inputs inputs, VclusterPlacement placement) {

    Component config(String component, Gvk gvk) {
        var config = new ProviderConfig(
                gvk,
                inputs.environment().identity().namespace(),
                placement.kubeconfig().to());
        return Component.requested(component, config, Part.OWNER, Location.HOST, List.of());
    }

    /** Crossplane chooses the names of the configurations, so they are known only once these exist. */
    ClusterTarget target(boolean objects, Optional<Release> release) {
        return new ClusterTarget(
                access(Part.HELM_CONFIG),
                objects ? Optional.of(access(Part.KUBERNETES_CONFIG)) : Optional.empty(),
                new Dependency(Part.CLUSTER, StartWhen.KUBECONFIG, DeletionMode.CASCADE),
                new Dependency(Part.HEALTH, StartWhen.READY, DeletionMode.CASCADE),
                release.flatMap(KubernetesVersion::of),
                Optional.of(new ClusterTarget.Kubeconfig(placement.kubeconfig().to(), Kubeconfig.KEY, true)),
                ClusterTarget.Sharing.NONE,
                inputs.settings()
                        .vcluster()
                        .oidc()
                        .map(issuer -> new ClusterTarget.SignIn(issuer, placement.server(), placement.tunnel())),
                Optional.of(services()));
    }

    private ClusterTarget.HostedServices services() {
        return new ClusterTarget.HostedServices(
                new Access(placement.config(), Part.BESIDE),
                placement.policies(),
                new SyncedServices(placement.namespace(), placement.release()));
    }

    private Access access(String component) {
        var name = inputs.observed().get(component).map(ObservedResource::name).orElse("");
        return new Access(
                ProviderConfigRef.namespaced(name),
                List.of(new Dependency(component, StartWhen.EXISTS, DeletionMode.CASCADE)));
    }
}
