package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.stream.Stream;

/** The workloads of the control planes of virtual clusters, in a host cluster that may have other workloads. */
record ControlPlanes(Cluster host) {
    private static final List<String> KINDS = List.of("StatefulSet", "Deployment");

    Stream<Json.Obj> all() {
        return KINDS.stream().flatMap(kind -> host.list(kind).stream()).filter(ControlPlanes::isOne);
    }

    /** Whether a workload is one; what other charts install names its chart. */
    static boolean isOne(Json workload) {
        return workload.at("spec", "values").isPresent()
                && workload.at("spec", "chart").isEmpty();
    }

    Stream<Json.Obj> ready() {
        return all().filter(ControlPlanes::isReady);
    }

    /** The chart deploys a StatefulSet where the control plane has the volume with the state, and a Deployment where etcd has. */
    static Ref ref(String namespace, String name, Json.Obj values) {
        return new Ref("apps/v1", KINDS.get(deploysEtcd(values) ? 1 : 0), namespace, name);
    }

    /** What has the volume with the state. */
    static Json.Obj store(Json.Obj values) {
        return deploysEtcd(values)
                ? values.object("controlPlane", "backingStore", "etcd", "deploy", "statefulSet")
                : values.object("controlPlane", "statefulSet");
    }

    private static boolean deploysEtcd(Json.Obj values) {
        return values.isTrue("controlPlane", "backingStore", "etcd", "deploy", "enabled");
    }

    void delete(String namespace, String name) {
        KINDS.forEach(kind -> host.delete(new Ref("apps/v1", kind, namespace, name)));
    }

    void setReadyReplicas(Ref workload, int replicas) {
        host.update(workload, object -> JsonEdit.set(object, replicas, "status", "readyReplicas"));
    }

    static boolean isReady(Json workload) {
        return workload.number("status", "readyReplicas")
                .filter(replicas -> replicas > 0)
                .isPresent();
    }
}
