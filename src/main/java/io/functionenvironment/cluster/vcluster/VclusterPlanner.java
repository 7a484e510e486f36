package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.api.settings.Subject;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.cluster.OwnedNamespace;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans one virtual cluster. */
record VclusterPlanner(Inputs inputs, Optional<Release> existing, VclusterPlacement placement) {

    static VclusterPlanner of(Inputs inputs) {
        var existing = Release.existing(inputs.observed(), Part.CLUSTER);
        var placement = VclusterPlacement.of(
                inputs.environment().identity(), inputs.settings().host(), inputs.observed(), existing);
        return new VclusterPlanner(inputs, existing, placement);
    }

    ClusterPlan plan(VclusterSize size, Demands demands) {
        var errors = new FieldErrors();
        return new PlacementDecision(inputs, existing, placement)
                .decide(size, errors)
                .map(decided -> new VclusterPlanner(inputs, existing, decided).plan(size, demands, errors))
                .orElseGet(() -> keep(demands, errors.list()));
    }

    private ClusterPlan plan(VclusterSize size, Demands demands, FieldErrors errors) {
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
        var host = host();
        var components = new ArrayList<Component>();
        components.add(host.namespace(namespace, ownership));
        var cluster = release.component(
                values.inline(), values.fingerprint(), namespaceFirst(release.deletes(values.inline())));
        components.add(existing.isPresent() ? cluster : cluster.blockedBy(obstacle(ownership)));
        components.add(access().config(Part.HELM_CONFIG, ProviderHelm.PROVIDER_CONFIG));
        if (demands.objects()) {
            components.add(access().config(Part.KUBERNETES_CONFIG, ProviderKubernetes.PROVIDER_CONFIG));
        }
        components.add(host.health());
        if (values.quotaShrinks()) {
            components.add(host.quota());
        }
        host.disruptionBudget().ifPresent(components::add);
        components.addAll(host.connectRights());
        var composed = Optional.of((Release) cluster.resource());
        return plan(components, Optional.of(access().target(demands.objects(), composed)), composed, errors.list())
                .announcing(values.fix());
    }

    private HostResources host() {
        return new HostResources(inputs, placement);
    }

    private ClusterAccess access() {
        return new ClusterAccess(inputs, placement);
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

    ClusterPlan keep(Demands demands, List<FieldError> errors) {
        // The platform decides who may connect, so a request that cannot be carried out keeps nobody's rights.
        var recomputed = existing.isPresent()
                ? Stream.concat(Stream.of(host().health()), host().connectRights().stream())
                        .toList()
                : List.<Component>of();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var components = new ArrayList<>(observed.kept(Part.OWNER, Part.ALL));
        components.removeIf(component -> existing.isPresent()
                && (component.name().equals(Part.HEALTH) || Part.RIGHTS.contains(component.name())));
        components.addAll(recomputed);
        var reachable = existing.isPresent() && inputs.observed().has(Part.HELM_CONFIG);
        var configured = inputs.observed().has(Part.KUBERNETES_CONFIG);
        // Add-ons may start in a cluster that is kept, and other add-ons may depend on what starts.
        if (reachable && demands.objects() && !configured) {
            components.add(access().config(Part.KUBERNETES_CONFIG, ProviderKubernetes.PROVIDER_CONFIG));
        }
        var target = access().target(configured || demands.objects(), existing);
        return plan(components, reachable ? Optional.of(target) : Optional.empty(), existing, errors);
    }

    private ClusterPlan plan(
            List<Component> components,
            Optional<ClusterTarget> target,
            Optional<Release> release,
            List<FieldError> errors) {
        var mayConnect = inputs
                .settings()
                .access()
                .subjects(inputs.environment().identity().namespace())
                .stream()
                .anyMatch(Subject::administrator);
        return new ClusterPlan(
                Part.OWNER,
                components,
                target,
                release.map(this::facts),
                release.map(some -> placement.connect(mayConnect)),
                errors);
    }

    private ClusterStatus facts(Release release) {
        return new ClusterStatus(
                Part.OWNER.type(),
                placement.release(),
                placement.namespace(),
                KubernetesVersion.of(release),
                release.chart().version(),
                Optional.of(placement.address()),
                Optional.of(placement.kubeconfig().to()));
    }
}
