package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Virtual clusters: what the vcluster chart deploys in the host cluster, when they are ready, and their contents. */
final class Vclusters {
    private static final Duration RESTART = Duration.ofSeconds(10);

    private final Cluster host;
    private final VirtualClock clock;
    private final InjectedFaults faults;
    private final Duration startup;
    private final HostQuota quotas;
    private final ControlPlanes controlPlanes;
    /** By the uid of the PersistentVolumeClaim that holds a cluster's data. */
    private final Map<String, Cluster> contents = new HashMap<>();

    private Consumer<Cluster> onCreate = cluster -> {};

    Vclusters(Cluster host, VirtualClock clock, InjectedFaults faults, Duration startup) {
        this.host = host;
        this.clock = clock;
        this.faults = faults;
        this.startup = startup;
        this.quotas = new HostQuota(host);
        this.controlPlanes = new ControlPlanes(host);
        host.watch(event -> {
            if (event.ref().isKind("PersistentVolumeClaim") && event.after().isEmpty()) {
                contents.remove(uid(event.before().orElse(Json.Obj.EMPTY)));
            }
            // Pods that a quota denied are created when it has room.
            if (event.ref().isKind("ResourceQuota") && event.before().isPresent()) {
                restartPods();
            }
        });
    }

    Cluster host() {
        return host;
    }

    void onCreate(Consumer<Cluster> callback) {
        onCreate = onCreate.andThen(callback);
    }

    void install(String namespace, String name, Json.Obj values) {
        host.apply(
                "helm",
                obj(
                        field("apiVersion", "v1"),
                        field("kind", "Service"),
                        field("metadata", Manifests.metadata(namespace, name))));
        quotas.install(namespace, name, values);
        if (values.isTrue("rbac", "clusterRole", "enabled")) {
            host.apply(
                    "helm",
                    obj(
                            field("apiVersion", "rbac.authorization.k8s.io/v1"),
                            field("kind", "ClusterRole"),
                            field("metadata", obj(field("name", "vc-" + name + "-v-" + namespace)))));
        }
        var set = ControlPlanes.ref(namespace, name, values);
        var before = host.get(set);
        var after = host.apply(
                "helm",
                obj(
                        field("apiVersion", "apps/v1"),
                        field("kind", set.kind()),
                        field("metadata", Manifests.metadata(namespace, name)),
                        field("spec", obj(field("replicas", 1), field("values", values)))));
        var retention = ControlPlanes.store(values).text("persistence", "volumeClaim", "retentionPolicy");
        var claim = obj(
                field("apiVersion", "v1"),
                field("kind", "PersistentVolumeClaim"),
                field("metadata", Manifests.metadata(namespace, "data-" + name + "-0")));
        host.create(retention.filter("Delete"::equals).isPresent() ? Manifests.ownedBy(after, claim) : claim);
        if (before.filter(old -> old.at("spec").equals(after.at("spec"))).isEmpty()) {
            controlPlanes.setReadyReplicas(set, 0);
            startPod(set, before.isEmpty() ? startup : RESTART);
        }
    }

    /** Has an installed cluster serve at once. */
    void serve(String namespace, String name, Json.Obj values) {
        var set = ControlPlanes.ref(namespace, name, values);
        host.get(set).ifPresent(object -> becomeReady(set, object));
    }

    void uninstall(String namespace, String name) {
        controlPlanes.delete(namespace, name);
        host.delete(service(namespace, name));
        quotas.uninstall(namespace, name);
        host.delete(new Ref("rbac.authorization.k8s.io/v1", "ClusterRole", "", "vc-" + name + "-v-" + namespace));
    }

    /** Stops the clusters that are down by a fault, and starts those that are not ready. */
    void restartPods() {
        controlPlanes.all().forEach(set -> {
            var ref = Ref.of(set);
            if (isDown(ref)) {
                controlPlanes.setReadyReplicas(ref, 0);
            } else if (!ControlPlanes.isReady(set)) {
                startPod(ref, RESTART);
            }
        });
    }

    private boolean isDown(Ref set) {
        return faults.isActive(new InjectedFault.ClusterDown(set.name()));
    }

    private void startPod(Ref set, Duration duration) {
        var generation = host.get(set).flatMap(object -> object.number("metadata", "generation"));
        clock.schedule(
                duration,
                () -> host.get(set)
                        .filter(object ->
                                object.number("metadata", "generation").equals(generation))
                        .filter(object -> !ControlPlanes.isReady(object) && !isDown(set))
                        .filter(object -> !isTerminating(set.namespace()))
                        .filter(object -> quotas.admits(set.namespace(), set.name()))
                        .ifPresent(object -> becomeReady(set, object)));
    }

    /** A terminating namespace admits no new objects, so not the kubeconfig Secret either. */
    private boolean isTerminating(String namespace) {
        return host.get(Ref.namespace(namespace))
                .flatMap(object -> object.at("metadata", "deletionTimestamp"))
                .isPresent();
    }

    private void becomeReady(Ref set, Json.Obj object) {
        var additional = object.items("spec", "values", "exportKubeConfig", "additionalSecrets").stream()
                .flatMap(secret -> secret.text("name").stream());
        var server = object.items("spec", "values", "exportKubeConfig", "additionalSecrets").stream()
                .flatMap(secret -> secret.text("server").stream())
                .findFirst()
                .orElse("https://" + set.name() + "." + set.namespace() + ".svc:443");
        var kubeconfig = claim(set.namespace(), set.name()).map(Vclusters::uid).orElse("") + "@"
                + server.replaceFirst("https://", "");
        host.get(service(set.namespace(), set.name()))
                .ifPresent(service -> Stream.concat(Stream.of("vc-" + set.name()), additional)
                        .forEach(name -> host.apply(
                                "vcluster",
                                Manifests.ownedBy(
                                        service,
                                        obj(
                                                field("apiVersion", "v1"),
                                                field("kind", "Secret"),
                                                field("metadata", Manifests.metadata(set.namespace(), name)),
                                                field("data", obj(field("config", kubeconfig))))))));
        controlPlanes.setReadyReplicas(set, 1);
    }

    /** The cluster of a kubeconfig, if it is ready and still the one that the kubeconfig was written for. */
    Optional<Cluster> connect(String kubeconfig) {
        return controlPlanes
                .ready()
                .map(Ref::of)
                .filter(ref -> claim(ref.namespace(), ref.name())
                        .filter(claim -> kubeconfig.startsWith(uid(claim) + "@"))
                        .isPresent())
                .findFirst()
                .flatMap(ref -> contents(ref.namespace(), ref.name()));
    }

    /** The contents of a virtual cluster, whether it is ready or not. */
    Optional<Cluster> contents(String namespace, String name) {
        return claim(namespace, name)
                .map(claim -> contents.computeIfAbsent(uid(claim), key -> {
                    var cluster = Cluster.empty(clock);
                    onCreate.accept(cluster);
                    return cluster;
                }));
    }

    private Optional<Json.Obj> claim(String namespace, String name) {
        return host.get(new Ref("v1", "PersistentVolumeClaim", namespace, "data-" + name + "-0"));
    }

    static Ref service(String namespace, String name) {
        return new Ref("v1", "Service", namespace, name);
    }

    private static String uid(Json object) {
        return object.text("metadata", "uid").orElse("");
    }
}
