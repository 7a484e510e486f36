package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.cluster.OwnedNamespace;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ReconcileRequest;
import io.functionenvironment.resource.Tracking;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a virtual cluster has in the host cluster beside its release. */
record HostResources(Inputs inputs, VclusterPlacement placement) {
    /**
     * On the namespace: the name in DNS that the control plane may claim. The admission policies of {@code package/host} read it. A
     * namespace in a cluster that exists has none, because teams choose what Helm installs there.
     */
    private static final String EXPOSED_NAME = Tracking.PREFIX + "exposed-name";

    private static final String READY_REPLICAS = "has(object.status.readyReplicas) && object.status.readyReplicas > 0";
    /** Kubernetes counts what is used a moment after a quota is created. */
    private static final String COUNTED = "has(object.status) && has(object.status.used)";

    private static final StartupGrace ABSENT_AT_FIRST = new StartupGrace(
            Activity.CREATING, Activity.CREATING, List.of(ProviderError.EXTERNAL_MISSING), Duration.ofMinutes(1));

    /** As observed on the namespace. */
    static Optional<String> exposedName(Observed observed) {
        return observed.get(Part.NAMESPACE)
                .flatMap(seen -> ProviderKubernetes.manifest(seen).text("metadata", "annotations", EXPOSED_NAME));
    }

    /** The namespace that it is in, which takes everything along when it is deleted. */
    Component namespace(OwnedNamespace namespace, OwnedNamespace.Ownership ownership) {
        var seen = inputs.observed().get(Part.NAMESPACE);
        var obstacle = obstacle(ownership);
        var object = placement.composed()
                ? composed(namespace, ownership, seen)
                : new HelmNamespace(namespace, ownership, seen).object(labelled(namespace), placement.config());
        var token = ReconcileRequest.token(
                seen,
                obstacle.isPresent()
                        || (!placement.composed()
                                && seen.filter(found -> !found.is("Ready")).isPresent()),
                Duration.ZERO,
                inputs.now(),
                inputs.settings().timing().waiting());
        // An earlier Environment of this name may still be about to delete a namespace of this name.
        return Component.requested(
                        Part.NAMESPACE, object.requestingReconcile(token), Part.OWNER, Location.HOST, List.of())
                .with(ABSENT_AT_FIRST)
                .awaitingPredecessor(true)
                .blockedBy(obstacle);
    }

    private static Optional<Obstacle> obstacle(OwnedNamespace.Ownership ownership) {
        return ownership instanceof OwnedNamespace.Ownership.Taken(var obstacle)
                ? Optional.of(obstacle)
                : Optional.empty();
    }

    private KubernetesObject composed(
            OwnedNamespace namespace, OwnedNamespace.Ownership ownership, Optional<ObservedResource> seen) {
        var manifest = labelled(namespace);
        return KubernetesObject.of(manifest, placement.config(), OwnedNamespace.policies(ownership, seen, manifest))
                .createdAt(creation(seen));
    }

    private Json.Obj labelled(OwnedNamespace namespace) {
        // The control plane runs as root, which restricted forbids; inside the cluster it applies all the same.
        var standard = inputs.settings().vcluster().podSecurity();
        var host = inputs.settings().host();
        var annotations = new TreeMap<>(host.annotations());
        placement.exposed().ifPresent(name -> annotations.put(EXPOSED_NAME, name));
        return namespace.manifest(
                namespace.labels(
                        host, inputs.environmentLabels(), standard.equals("restricted") ? "baseline" : standard),
                annotations);
    }

    /**
     * The time of creation that replaces the provider's own note. It is only written while the note is young, so that nothing
     * is written to an Environment at rest, and only once the namespace exists, because before that the provider needs the note.
     */
    private Optional<String> creation(Optional<ObservedResource> seen) {
        return seen.flatMap(KubernetesObject::writtenCreation)
                .or(() -> seen.filter(object -> object.is("Ready"))
                        .filter(object -> object.created()
                                .filter(created ->
                                        inputs.now().isBefore(created.plus(ProviderKubernetes.CREATION_DOUBT)))
                                .isPresent())
                        .flatMap(ProviderKubernetes::longAgo));
    }

    /** Shows whether the API is served now, not only whether it once was: its readiness probe asks the API itself. */
    Component health() {
        var seen = inputs.observed().get(Part.HEALTH);
        var manifest = obj(
                field("apiVersion", "apps/v1"),
                field("kind", placement.availability().workload()),
                field("metadata", metadata(placement.release())));
        var waiting = inputs.settings().timing().waiting();
        var awaited = seen.filter(health -> !health.is("Ready")).isPresent();
        // A cluster writes its kubeconfig some seconds before it serves.
        var token = ReconcileRequest.token(seen, awaited, waiting, inputs.now(), waiting);
        return object(
                        Part.HEALTH,
                        List.of(new Dependency(Part.CLUSTER, StartWhen.KUBECONFIG, DeletionMode.CASCADE)),
                        KubernetesObject.observed(manifest, placement.config(), READY_REPLICAS)
                                .requestingReconcile(token))
                .with(new StartupGrace(Activity.STARTING, Activity.UNREACHABLE, List.of(), Duration.ofMinutes(1)))
                .polledUntil(StartWhen.READY);
    }

    /** Shows how much of the quota is used, which the chart creates under this name. */
    Component quota() {
        var manifest = obj(
                field("apiVersion", "v1"),
                field("kind", "ResourceQuota"),
                field("metadata", metadata("vc-" + placement.release())));
        return object(Part.QUOTA, Part.BESIDE, KubernetesObject.observed(manifest, placement.config(), COUNTED))
                .with(new StartupGrace(Activity.OBSERVING, Activity.OBSERVING, List.of(), Duration.ZERO));
    }

    /** One for control planes and etcd together, so that a drain takes one pod at a time; none of a cluster with one pod. */
    Optional<Component> disruptionBudget() {
        var spec = obj(
                field("maxUnavailable", 1),
                // A pod that does not start must not keep a node from being drained.
                field("unhealthyPodEvictionPolicy", "AlwaysAllow"),
                field("selector", obj(field("matchLabels", obj(field("release", placement.release()))))));
        var manifest = obj(
                field("apiVersion", "policy/v1"),
                field("kind", "PodDisruptionBudget"),
                field("metadata", metadata(placement.release())),
                field("spec", spec));
        return Optional.of(object(
                        Part.DISRUPTION_BUDGET,
                        Part.BESIDE,
                        KubernetesObject.of(manifest, placement.config(), placement.policies())))
                .filter(ignored -> placement.availability() == Availability.HIGH);
    }

    /** The rights of those who may connect; none if nobody is named. */
    List<Component> connectRights() {
        var subjects = inputs.settings()
                .access()
                .subjects(inputs.environment().identity().namespace());
        return ConnectRbac.manifests(placement, subjects).entrySet().stream()
                .map(part -> object(
                        part.getKey(),
                        Part.BESIDE,
                        KubernetesObject.of(part.getValue(), placement.config(), placement.policies())))
                .toList();
    }

    private Json.Obj metadata(String name) {
        return obj(field("name", name), field("namespace", placement.namespace()));
    }

    private static Component object(String component, List<Dependency> dependsOn, KubernetesObject object) {
        return Component.requested(component, object, Part.OWNER, Location.HOST, dependsOn);
    }
}
