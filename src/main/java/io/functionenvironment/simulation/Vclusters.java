package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Virtual clusters: what their chart makes in the host cluster, when they serve, and what is in them while they last. */
final class Vclusters {
    private static final Duration RESTART = Duration.ofSeconds(10);

    private final Cluster host;
    private final Timeline timeline;
    private final InjectedFaults mishaps;
    private final Duration startup;
    private final HostQuota quotas;
    /** By the uid of the volume that holds a cluster's store. */
    private final Map<String, Cluster> stores = new HashMap<>();

    Vclusters(Cluster host, Timeline timeline, InjectedFaults mishaps, Duration startup) {
        this.host = host;
        this.timeline = timeline;
        this.mishaps = mishaps;
        this.startup = startup;
        this.quotas = new HostQuota(host);
        host.watch(change -> {
            if (change.ref().is("PersistentVolumeClaim") && change.after().isEmpty()) {
                stores.remove(uid(change.before().orElse(Json.Obj.EMPTY)));
            }
            // What was kept from starting by a quota starts when that has room.
            if (change.ref().is("ResourceQuota") && change.before().isPresent()) {
                changed();
            }
        });
    }

    void install(String namespace, String name, Json.Obj values) {
        host.apply(
                "helm",
                obj(
                        field("apiVersion", "v1"),
                        field("kind", "Service"),
                        field("metadata", Bodies.meta(namespace, name))));
        quotas.follow(namespace, name, values);
        if (values.isTrue("rbac", "clusterRole", "enabled")) {
            host.apply(
                    "helm",
                    obj(
                            field("apiVersion", "rbac.authorization.k8s.io/v1"),
                            field("kind", "ClusterRole"),
                            field("metadata", obj(field("name", "vc-" + name + "-v-" + namespace)))));
        }
        var set = set(namespace, name);
        var before = host.get(set);
        var after = host.apply(
                "helm",
                obj(
                        field("apiVersion", "apps/v1"),
                        field("kind", "StatefulSet"),
                        field("metadata", Bodies.meta(namespace, name)),
                        field("spec", obj(field("replicas", 1), field("values", values)))));
        var policy = values.text("controlPlane", "statefulSet", "persistence", "volumeClaim", "retentionPolicy");
        var claim = obj(
                field("apiVersion", "v1"),
                field("kind", "PersistentVolumeClaim"),
                field("metadata", Bodies.meta(namespace, "data-" + name + "-0")));
        host.create(policy.filter("Delete"::equals).isPresent() ? Bodies.owned(claim, after) : claim);
        if (before.filter(old -> old.at("spec").equals(after.at("spec"))).isEmpty()) {
            ready(set, 0);
            boot(set, before.isEmpty() ? startup : RESTART);
        }
    }

    void uninstall(String namespace, String name) {
        host.delete(set(namespace, name));
        host.delete(service(namespace, name));
        quotas.remove(namespace, name);
        host.delete(new Ref("rbac.authorization.k8s.io/v1", "ClusterRole", "", "vc-" + name + "-v-" + namespace));
    }

    /** Something began or ended that may concern whether they serve. */
    void changed() {
        host.list("StatefulSet").forEach(set -> {
            var ref = Ref.of(set);
            if (mishaps.has(new InjectedFault.Down(ref.name()))) {
                ready(ref, 0);
            } else if (!serves(set)) {
                boot(ref, RESTART);
            }
        });
    }

    private void boot(Ref set, Duration time) {
        var generation = host.get(set).flatMap(object -> object.number("metadata", "generation"));
        timeline.after(
                time,
                () -> host.get(set)
                        .filter(object ->
                                object.number("metadata", "generation").equals(generation))
                        .filter(object -> !mishaps.has(new InjectedFault.Down(set.name())))
                        .filter(object -> !ending(set.namespace()))
                        .filter(object -> quotas.admits(set.namespace(), set.name()))
                        .ifPresent(object -> serve(set, object)));
    }

    /** Nothing can be made there any more, not even the Secret that a cluster begins with. */
    private boolean ending(String namespace) {
        return host.get(Ref.namespace(namespace))
                .flatMap(object -> object.at("metadata", "deletionTimestamp"))
                .isPresent();
    }

    private void serve(Ref set, Json.Obj object) {
        var names = object.items("spec", "values", "exportKubeConfig", "additionalSecrets").stream()
                .flatMap(secret -> secret.text("name").stream())
                .toList();
        var config = claim(set.namespace(), set.name()).map(Vclusters::uid).orElse("") + "@" + set.name() + "."
                + set.namespace() + ".svc:443";
        host.get(service(set.namespace(), set.name()))
                .ifPresent(service -> java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("vc-" + set.name()), names.stream())
                        .forEach(name -> host.apply(
                                "vcluster",
                                Bodies.owned(
                                        obj(
                                                field("apiVersion", "v1"),
                                                field("kind", "Secret"),
                                                field("metadata", Bodies.meta(set.namespace(), name)),
                                                field("data", obj(field("config", config)))),
                                        service))));
        ready(set, 1);
    }

    private void ready(Ref set, int replicas) {
        host.update(set, object -> JsonEdit.set(object, replicas, "status", "readyReplicas"));
    }

    /** The cluster that a kubeconfig leads to, if it is the same one still and serves. */
    Optional<Cluster> reach(String kubeconfig) {
        return host.list("StatefulSet").stream()
                .filter(Vclusters::serves)
                .map(Ref::of)
                .filter(ref -> claim(ref.namespace(), ref.name())
                        .filter(claim -> kubeconfig.startsWith(uid(claim) + "@"))
                        .isPresent())
                .findFirst()
                .flatMap(ref -> inside(ref.namespace(), ref.name()));
    }

    /** What is in a virtual cluster, whether it serves or not. */
    Optional<Cluster> inside(String namespace, String name) {
        return claim(namespace, name)
                .map(claim -> stores.computeIfAbsent(uid(claim), key -> {
                    var cluster = new Cluster(timeline, Duration.ZERO);
                    List.of("default", "kube-system").forEach(each -> cluster.create(Bodies.namespace(each)));
                    return cluster;
                }));
    }

    private Optional<Json.Obj> claim(String namespace, String name) {
        return host.get(new Ref("v1", "PersistentVolumeClaim", namespace, "data-" + name + "-0"));
    }

    private static boolean serves(Json set) {
        return set.number("status", "readyReplicas")
                .filter(replicas -> replicas > 0)
                .isPresent();
    }

    private static Ref set(String namespace, String name) {
        return new Ref("apps/v1", "StatefulSet", namespace, name);
    }

    static Ref service(String namespace, String name) {
        return new Ref("v1", "Service", namespace, name);
    }

    private static String uid(Json object) {
        return object.text("metadata", "uid").orElse("");
    }
}
