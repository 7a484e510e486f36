package io.functionenvironment.cluster.cloud;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.ProviderIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Access to a cluster at a cloud provider: a ProviderConfig for provider-helm and one for provider-kubernetes, and what shows that
 * the cluster responds.
 *
 * @param secret the name of the Secret with the kubeconfig
 */
record CloudAccess(Cloud cloud, Inputs inputs, Owner.Cluster owner, String secret) {
    private static final String HELM_CONFIG = "provider-config-helm";
    private static final String KUBERNETES_CONFIG = "provider-config-kubernetes";
    private static final StartupGrace IN_CLUSTER = new StartupGrace(
            Activity.CREATING, Activity.CREATING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(2));

    /** The names of all components of a cluster that there may be. */
    Set<String> names() {
        return Stream.of(
                        cloud.partNames().stream(),
                        Stream.of(HELM_CONFIG, KUBERNETES_CONFIG, ClusterHealth.NAME),
                        cloud.manifestNames().stream())
                .flatMap(names -> names)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The components.
     *
     * @param entry the part that goes first when the cluster is deleted
     * @param manifests the objects in the cluster, by component name
     */
    List<Component> components(Optional<ProviderIdentity> identity, String entry, Map<String, Json.Obj> manifests) {
        var components = new ArrayList<Component>();
        components.add(config(HELM_CONFIG, ProviderHelm.PROVIDER_CONFIG, identity));
        components.add(config(KUBERNETES_CONFIG, ProviderKubernetes.PROVIDER_CONFIG, identity));
        manifests.forEach((name, manifest) -> {
            var object = KubernetesObject.of(
                    manifest, ProviderConfigRef.namespaced(name(KUBERNETES_CONFIG)), ManagementPolicies.NO_DELETE);
            components.add(Component.requested(name, object, owner, Location.HOST, open(entry, DeletionMode.CASCADE))
                    .with(IN_CLUSTER));
        });
        components.add(health(entry));
        return components;
    }

    private Component config(String name, Gvk gvk, Optional<ProviderIdentity> identity) {
        var namespace = inputs.environment().identity().namespace();
        return Component.requested(
                name, new ProviderConfig(gvk, namespace, secret, identity), owner, Location.HOST, List.of());
    }

    /** Once it is there, errors of the cloud no longer keep anything from starting in the cluster. */
    private Component health(String entry) {
        return ClusterHealth.component(owner, name(KUBERNETES_CONFIG), open(entry, DeletionMode.UNINSTALL_FIRST));
    }

    /** What it takes to reach the cluster. */
    private List<Dependency> open(String entry, DeletionMode mode) {
        return Stream.of(
                        new Dependency(entry, StartWhen.READY, mode),
                        new Dependency(cloud.credentials(), StartWhen.KUBECONFIG, mode),
                        new Dependency(KUBERNETES_CONFIG, StartWhen.EXISTS, mode))
                .toList();
    }

    /** The component that shows whether a kept cluster responds, if somebody deleted it. */
    Optional<Component> missingHealth(String entry) {
        return inputs.observed().has(ClusterHealth.NAME)
                        || !inputs.observed().has(CloudPlanner.CLUSTER)
                        || !inputs.observed().has(cloud.credentials())
                        || !inputs.observed().has(KUBERNETES_CONFIG)
                ? Optional.empty()
                : Optional.of(health(entry));
    }

    /** Access for add-ons; empty if the configurations are missing from the components. */
    Optional<ClusterTarget> target(List<Component> components, String entry, Optional<String> version) {
        var names = components.stream().map(Component::name).collect(Collectors.toSet());
        return names.containsAll(Set.of(HELM_CONFIG, KUBERNETES_CONFIG, ClusterHealth.NAME, entry))
                ? Optional.of(new ClusterTarget(
                        access(HELM_CONFIG),
                        Optional.of(access(KUBERNETES_CONFIG)),
                        new Dependency(
                                entry,
                                entry.equals(cloud.credentials()) ? StartWhen.KUBECONFIG : StartWhen.EXISTS,
                                DeletionMode.UNINSTALL_FIRST),
                        new Dependency(ClusterHealth.NAME, StartWhen.READY, DeletionMode.UNINSTALL_FIRST),
                        version,
                        Optional.of(new ClusterTarget.Kubeconfig(secret, Kubeconfig.KEY, credentials(components))),
                        ClusterTarget.Sharing.NONE))
                : Optional.empty();
    }

    /** Whether the kubeconfig has them: the providers get an identity where it has none. */
    private static boolean credentials(List<Component> components) {
        return components.stream()
                .noneMatch(component -> component.resource() instanceof ProviderConfig config
                        && config.clientIdentity().isPresent());
    }

    private Access access(String config) {
        return new Access(
                ProviderConfigRef.namespaced(name(config)),
                List.of(new Dependency(config, StartWhen.EXISTS, DeletionMode.UNINSTALL_FIRST)));
    }

    /** Crossplane chooses the name, so it is empty until the configuration exists. */
    private String name(String config) {
        return inputs.observed().get(config).map(ObservedResource::name).orElse("");
    }
}
