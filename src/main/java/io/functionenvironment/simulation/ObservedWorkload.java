package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.Optional;
import java.util.Set;

/**
 * The workloads of charts. The simulation does not know what a chart contains, so each workload that an Object only observes in a
 * virtual cluster is there and available, once its namespace exists.
 */
final class ObservedWorkload {
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job");

    private static final Json.Obj AVAILABLE = obj(
            field("metadata", obj(field("generation", 1))),
            field("spec", obj(field("replicas", 1))),
            field(
                    "status",
                    obj(
                            field("observedGeneration", 1),
                            field("availableReplicas", 1),
                            field("desiredNumberScheduled", 1),
                            field("numberAvailable", 1),
                            field(
                                    "conditions",
                                    arr(
                                            obj(field("type", "Available"), field("status", "True")),
                                            obj(field("type", "Complete"), field("status", "True")))))));

    private ObservedWorkload() {}

    /** Empty if an Object is about something else, or if there is no such namespace. */
    static Optional<Json.Obj> of(Json.Obj object, Json.Obj manifest, Cluster cluster) {
        var policies = ManagementPolicies.of(object);
        var guest = object.text("spec", "providerConfigRef", "kind").equals(Optional.of("ProviderConfig"));
        return Optional.of(manifest)
                .filter(some -> guest && !policies.create() && !policies.update())
                .filter(some -> KINDS.contains(Ref.of(some).kind()))
                .filter(some ->
                        cluster.get(Ref.namespace(Ref.of(some).namespace())).isPresent())
                .map(some -> Merge.over(some, AVAILABLE));
    }
}
