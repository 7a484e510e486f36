package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.settings.VclusterOffer;
import io.functionenvironment.json.Json;

/** The values of the vcluster chart below {@code controlPlane}, as far as they follow from the size and the offer. */
record ControlPlaneValues(VclusterSize size, VclusterOffer offer) {
    Json.Obj json() {
        return obj(
                field("statefulSet", statefulSet()),
                fields("advanced", obj(text("defaultImageRegistry", offer.imageRegistry()))));
    }

    private Json.Obj statefulSet() {
        var control = size.controlPlane();
        // A retained volume would bring the state of a deleted cluster back into the next one of the same name.
        var volume = obj(
                field("size", size.storage().toString()),
                text("storageClass", size.storageClass()),
                field("retentionPolicy", "Delete"));
        var resources = obj(
                field(
                        "requests",
                        obj(field("cpu", "200m"), field("memory", "256Mi"), field("ephemeral-storage", "1Gi"))),
                field(
                        "limits",
                        obj(
                                field("cpu", control.cpu().toString()),
                                field("memory", control.memory().toString()),
                                field("ephemeral-storage", "10Gi"))));
        return obj(
                field("image", obj(field("repository", "loft-sh/vcluster-oss"))),
                field("resources", resources),
                field("persistence", obj(field("volumeClaim", volume))),
                fields("scheduling", size.scheduling().ofPods()),
                text("runtimeClassName", size.scheduling().runtimeClass()));
    }
}
