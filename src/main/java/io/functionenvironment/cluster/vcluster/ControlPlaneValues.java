package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.settings.VclusterOffer;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.stream.Stream;

/** The values of the vcluster chart below {@code controlPlane}, as far as they follow from the size and the offer. */
record ControlPlaneValues(VclusterSize size, VclusterOffer offer, Availability availability) {
    private static final String[] FAILURE_DOMAINS = {"kubernetes.io/hostname", "topology.kubernetes.io/zone"};

    Json.Obj json() {
        var high = availability == Availability.HIGH;
        return obj(
                field("statefulSet", high ? Merge.over(statefulSet(), replicated()) : onVolume(statefulSet())),
                fields("backingStore", high ? store() : Json.Obj.EMPTY),
                fields("coredns", high ? dns() : Json.Obj.EMPTY),
                fields("advanced", advanced()));
    }

    /** The chart gives the pull Secrets of this service account to that of the team's pods, too. */
    private Json.Obj advanced() {
        var secrets = offer.imagePullSecrets().stream()
                .<Json>map(name -> obj(field("name", name)))
                .toList();
        return obj(
                text("defaultImageRegistry", offer.imageRegistry()),
                fields("serviceAccount", obj(items("imagePullSecrets", secrets))));
    }

    private Json.Obj statefulSet() {
        return obj(
                field("image", obj(field("repository", "loft-sh/vcluster-oss"))),
                field("resources", resources("200m", "256Mi")),
                fields("scheduling", size.scheduling().ofPods()),
                text("runtimeClassName", size.scheduling().runtimeClass()));
    }

    private Json.Obj onVolume(Json.Obj statefulSet) {
        return Merge.over(statefulSet, obj(field("persistence", persistence())));
    }

    private Json.Obj replicated() {
        var spread = Stream.of(FAILURE_DOMAINS)
                .<Json>map(domain -> obj(
                        field("maxSkew", 1),
                        field("topologyKey", domain),
                        field("whenUnsatisfiable", "ScheduleAnyway"),
                        field("labelSelector", obj(field("matchLabels", obj(field("app", "vcluster")))))))
                .toList();
        return obj(
                field("highAvailability", obj(field("replicas", availability.controlPlanes()))),
                field("scheduling", obj(field("topologySpreadConstraints", spread))));
    }

    /** etcd as the chart deploys it; embedded etcd needs a license. */
    private Json.Obj store() {
        var set = obj(
                field("highAvailability", obj(field("replicas", availability.stores()))),
                field("resources", resources("100m", "256Mi")),
                field("persistence", persistence()),
                fields("scheduling", size.scheduling().ofPods()));
        return obj(field("etcd", obj(field("deploy", obj(field("enabled", true), field("statefulSet", set))))));
    }

    private Json.Obj dns() {
        return obj(field("deployment", obj(field("replicas", availability.dns()))));
    }

    /** A retained volume would bring the state of a deleted cluster back into the next one of the same name. */
    private Json.Obj persistence() {
        return obj(field(
                "volumeClaim",
                obj(
                        field("size", size.storage().toString()),
                        text("storageClass", size.storageClass()),
                        field("retentionPolicy", "Delete"))));
    }

    private Json.Obj resources(String cpu, String memory) {
        var limits = size.controlPlane();
        return obj(
                field("requests", obj(field("cpu", cpu), field("memory", memory), field("ephemeral-storage", "1Gi"))),
                field(
                        "limits",
                        obj(
                                field("cpu", limits.cpu().toString()),
                                field("memory", limits.memory().toString()),
                                field("ephemeral-storage", "10Gi"))));
    }
}
