package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.cluster.OwnedNamespace;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans one virtual cluster. */
final class VclusterPlanner {
    private final Inputs inputs;
    private final Optional<Release> existing;
    private final VclusterPlacement placement;
    private final HostResources host;

    VclusterPlanner(Inputs inputs) {
        this.inputs = inputs;
        this.existing = Release.existing(inputs.observed(), Part.CLUSTER);
        this.placement = VclusterPlacement.of(
                inputs.environment().identity(), inputs.settings().host(), inputs.observed(), existing);
        this.host = new HostResources(inputs, placement);
    }

    ClusterPlan plan(VclusterSize size, Demands demands) {
        var errors = new FieldErrors();
        var kubernetes = KubernetesVersion.tag(inputs, existing, errors);
        if (kubernetes.isEmpty()) {
            return keep(demands, errors.list());
        }
        var release = new VclusterRelease(inputs, existing, placement);
        var values = new ValuesDecision(inputs, existing, placement, size, demands)
                .decide(kubernetes.get(), release.used(), errors);
        var namespace = namespace();
        var ownership = namespace.ownership(
                inputs.observed().get(Part.NAMESPACE), inputs.observed().has(Part.CLUSTER));
        if (ownership instanceof OwnedNamespace.Ownership.Taken(Obstacle.Conflict(var error))) {
            errors.add(error);
        }
        var components = new ArrayList<Component>();
        components.add(host.namespace(namespace, ownership));
        var cluster = release.component(
                values.inline(), values.fingerprint(), namespaceFirst(release.deletes(values.inline())));
        components.add(existing.isPresent() ? cluster : cluster.blockedBy(obstacle(ownership)));
        components.add(config(Part.HELM_CONFIG, ProviderHelm.PROVIDER_CONFIG));
        if (demands.objects()) {
            components.add(config(Part.KUBERNETES_CONFIG, ProviderKubernetes.PROVIDER_CONFIG));
        }
        components.add(host.health());
        if (values.quotaShrinks()) {
            components.add(host.quota());
        }
        components.addAll(host.connectRights());
        var composed = Optional.of((Release) cluster.resource());
        return plan(components, Optional.of(target(demands.objects(), composed)), composed, errors.list())
                .announcing(values.fix());
    }

    private OwnedNamespace namespace() {
        return new OwnedNamespace(
                placement.namespace(),
                "host namespace",
                inputs.environment().identity(),
                inputs.observed().composite().uid().orElse(""));
    }

    /** The release is not installed into a namespace before it is known whose that is. */
    private List<Dependency> namespaceFirst(boolean deletes) {
        return List.of(
                placement.composed()
                        ? new Dependency(
                                Part.NAMESPACE,
                                StartWhen.READY,
                                deletes ? DeletionMode.UNINSTALL_FIRST : DeletionMode.CASCADE)
                        : new Dependency(Part.NAMESPACE, StartWhen.EXISTS, DeletionMode.CASCADE));
    }

    /** Where Helm creates the namespace, it does not exist at first, so its readiness shows nothing. */
    private Optional<Obstacle> obstacle(OwnedNamespace.Ownership ownership) {
        return switch (ownership) {
            case OwnedNamespace.Ownership.Unknown() ->
                placement.composed()
                        ? Optional.empty()
                        : Optional.of(new Obstacle.Predecessor("Namespace", Optional.empty()));
            case OwnedNamespace.Ownership.Absent() -> Optional.empty();
            case OwnedNamespace.Ownership.Ours() -> Optional.empty();
            case OwnedNamespace.Ownership.Taken(var obstacle) -> Optional.of(obstacle);
        };
    }

    private Component config(String component, Gvk gvk) {
        var config = new ProviderConfig(
                gvk,
                inputs.environment().identity().namespace(),
                placement.kubeconfig().to());
        return Component.requested(component, config, Part.OWNER, Location.HOST, List.of());
    }

    /** Crossplane chooses the names of the configurations, so they are known only once these exist. */
    private ClusterTarget target(boolean objects, Optional<Release> release) {
        return new ClusterTarget(
                access(Part.HELM_CONFIG),
                objects ? Optional.of(access(Part.KUBERNETES_CONFIG)) : Optional.empty(),
                new Dependency(Part.CLUSTER, StartWhen.KUBECONFIG, DeletionMode.CASCADE),
                new Dependency(Part.HEALTH, StartWhen.READY, DeletionMode.CASCADE),
                release.flatMap(KubernetesVersion::of),
                Optional.of(new ClusterTarget.Kubeconfig(placement.kubeconfig().to(), Kubeconfig.KEY)),
                ClusterTarget.Sharing.NONE);
    }

    private Access access(String component) {
        var name = inputs.observed().get(component).map(ObservedResource::name).orElse("");
        return new Access(
                ProviderConfigRef.namespaced(name),
                List.of(new Dependency(component, StartWhen.EXISTS, DeletionMode.CASCADE)));
    }

    ClusterPlan keep(Demands demands, List<FieldError> errors) {
        // The platform decides who may connect, so a request that cannot be carried out keeps nobody's rights.
        var recomputed = existing.isPresent()
                ? Stream.concat(Stream.of(host.health()), host.connectRights().stream())
                        .toList()
                : List.<Component>of();
        var replaced =
                existing.isPresent() ? Set.of(Part.HEALTH, Part.CONNECT_ROLE, Part.CONNECT_ROLE_BINDING) : Set.of();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var others =
                observed
                        .kept(owner -> owner.equals(Part.OWNER) || owner.equals(new Owner.Protection(Part.OWNER)))
                        .stream()
                        .filter(component -> !Part.ALL.contains(component.name()));
        var parts = Part.ALL.stream().flatMap(name -> observed.kept(name, Part.OWNER).stream());
        var kept = Stream.concat(parts, others).filter(component -> !replaced.contains(component.name()));
        var components = new ArrayList<>(kept.toList());
        components.addAll(recomputed);
        var reachable = existing.isPresent() && inputs.observed().has(Part.HELM_CONFIG);
        var configured = inputs.observed().has(Part.KUBERNETES_CONFIG);
        // Add-ons may start in a cluster that is kept, and other add-ons may depend on what starts.
        if (reachable && demands.objects() && !configured) {
            components.add(config(Part.KUBERNETES_CONFIG, ProviderKubernetes.PROVIDER_CONFIG));
        }
        var target = target(configured || demands.objects(), existing);
        return plan(components, reachable ? Optional.of(target) : Optional.empty(), existing, errors);
    }

    private ClusterPlan plan(
            List<Component> components,
            Optional<ClusterTarget> target,
            Optional<Release> release,
            List<FieldError> errors) {
        var mayConnect = !inputs.settings()
                .subjects(inputs.environment().identity().namespace())
                .isEmpty();
        return new ClusterPlan(
                Part.OWNER,
                components,
                target,
                release.map(this::facts),
                release.map(some -> placement.connect(mayConnect)),
                errors);
    }

    private EnvironmentStatus.Cluster facts(Release release) {
        return new EnvironmentStatus.Cluster(
                Part.OWNER.type(),
                placement.release(),
                placement.namespace(),
                KubernetesVersion.of(release),
                release.chart().version(),
                Optional.of(placement.address()),
                Optional.of(placement.kubeconfig().to()));
    }
}
