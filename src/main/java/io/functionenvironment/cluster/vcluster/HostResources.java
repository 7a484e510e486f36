package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.ReconcileRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What of a virtual cluster stands in the host cluster beside its release. */
public record HostResources(Identity identity, Settings settings, VclusterPlacement place) {
    public static final String NAMESPACE = "namespace";

    /** As long as it matters: until the provider believes by itself that what it made may be gone. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** The namespace it lives in, which takes everything along when it goes. */
    public Component namespace(Optional<ObservedResource> seen, Instant now) {
        var labels = new TreeMap<>(settings.host().labels());
        // The control plane runs as root, which restricted forbids; within the cluster it holds all the same.
        var standard = settings.vcluster().podSecurity();
        labels.put("pod-security.kubernetes.io/enforce", standard.equals("restricted") ? "baseline" : standard);
        labels.put(Meta.ENVIRONMENT, identity.hash());
        var manifest = obj(
                field("apiVersion", "v1"),
                field("kind", "Namespace"),
                field("metadata", obj(field("name", place.namespace()), field("labels", Json.texts(labels)))));
        // A former Environment of this name may still be about to remove a namespace of this name.
        var meta = new Meta(identity.hash(), NAMESPACE, "");
        var object = new KubernetesObject(
                meta,
                manifest,
                place.config(),
                ManagementPolicies.ALL,
                Optional.empty(),
                Optional.empty(),
                made(seen, now));
        return Component.wanted(object, List.of()).guarded(true);
    }

    /**
     * What is written stays, and what is older is left alone, so that nothing is written to an Environment at rest. Before
     * the namespace is there the provider needs its own notes.
     */
    private static Optional<String> made(Optional<ObservedResource> seen, Instant now) {
        return seen.flatMap(KubernetesObject::made)
                .or(() -> seen.filter(object -> object.is("Ready"))
                        .filter(object -> object.created()
                                .filter(created -> now.isBefore(created.plus(YOUNG)))
                                .isPresent())
                        .flatMap(KubernetesObject::longAgo));
    }

    /** Whether the API is served now, not only whether it once was: its readiness probe asks the API itself. */
    public Component health(List<Dependency> needs, Optional<ObservedResource> seen, Instant now) {
        var manifest = obj(
                field("apiVersion", "apps/v1"),
                field("kind", "StatefulSet"),
                field("metadata", obj(field("name", place.release()), field("namespace", place.namespace()))));
        var query = "has(object.status.readyReplicas) && object.status.readyReplicas > 0";
        // A cluster writes its kubeconfig some seconds before it serves.
        var waiting = settings.timing().waiting();
        var awaited = seen.filter(health -> !health.is("Ready")).isPresent();
        var nudge = ReconcileRequest.token(seen, awaited, waiting, now, waiting);
        return object(Cluster.HEALTH, needs, manifest, ManagementPolicies.OBSERVE, Optional.of(query), nudge)
                .with(new StartupGrace("is starting", Cluster.SILENT, List.of(), Duration.ofMinutes(1)));
    }

    /** How much is used of the quota, which the chart makes under this name. */
    public Component room(List<Dependency> needs) {
        var manifest = obj(
                field("apiVersion", "v1"),
                field("kind", "ResourceQuota"),
                field("metadata", obj(field("name", "vc-" + place.release()), field("namespace", place.namespace()))));
        // Kubernetes counts a moment after it has made one.
        var query = "has(object.status) && has(object.status.used)";
        return object(Cluster.ROOM, needs, manifest, ManagementPolicies.OBSERVE, Optional.of(query), Optional.empty())
                .with(new StartupGrace("is looked at", "is looked at", List.of(), Duration.ZERO));
    }

    /** The rights of those who may connect; none where nobody is named. They go with a namespace only if that goes. */
    public List<Component> access(List<Dependency> needs) {
        var policy = place.composed() ? ManagementPolicies.NO_DELETE : ManagementPolicies.ALL;
        var subjects = settings.subjects(identity.namespace());
        return subjects.isEmpty()
                ? List.of()
                : ConnectRbac.parts(place.release(), place.namespace(), subjects).stream()
                        .map(part -> object(
                                part.component(), needs, part.manifest(), policy, Optional.empty(), Optional.empty()))
                        .toList();
    }

    private Component object(
            String component,
            List<Dependency> needs,
            Json.Obj manifest,
            ManagementPolicies policy,
            Optional<String> healthy,
            Optional<String> nudge) {
        var meta = new Meta(identity.hash(), component, Dependency.text(needs));
        return Component.wanted(
                new KubernetesObject(meta, manifest, place.config(), policy, healthy, nudge, Optional.empty()), needs);
    }
}
