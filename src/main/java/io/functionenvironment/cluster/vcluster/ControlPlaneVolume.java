package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/**
 * The volume with the state of a cluster. The volume claims of a StatefulSet are immutable, so a Helm upgrade that changes them
 * fails as a whole.
 */
final class ControlPlaneVolume {
    private ControlPlaneVolume() {}

    private static final String[] PERSISTENCE = {"controlPlane", "statefulSet", "persistence"};
    /** Volumes of the pod are no claims, and may change. */
    private static final String[] ADDED_VOLUMES = {"controlPlane", "statefulSet", "persistence", "addVolumes"};

    private static final String[] ADDED_MOUNTS = {"controlPlane", "statefulSet", "persistence", "addVolumeMounts"};
    private static final String[] STORE = {"controlPlane", "backingStore"};
    private static final String[] STORE_PERSISTENCE = {
        "controlPlane", "backingStore", "etcd", "deploy", "statefulSet", "persistence"
    };

    /** The requested values with the volume of the existing release; with an error if the request differs from it. */
    static Json.Obj keep(Json.Obj values, Optional<Release> existing, String size, FieldErrors errors) {
        if (existing.isEmpty() || existing.get().values().inline().isEmpty()) {
            return values;
        }
        var old = existing.get().values().inline();
        var high = Availability.of(values) == Availability.HIGH;
        // The rest of etcd, such as its resources, may change.
        var kept = high ? STORE_PERSISTENCE : STORE;
        if (!describe(values).equals(describe(old)) || !values.at(kept).equals(old.at(kept))) {
            errors.add(
                    "spec.size",
                    "is " + Redaction.of(size) + ", with a control plane volume of " + describe(values)
                            + ", but the volume of this cluster has " + describe(old)
                            + " and cannot change; request a size with the same volume, or create a new Environment"
                            + " (everything else of the size is applied)");
        }
        var claims = Merge.replaced(Merge.replaced(values, old.at(PERSISTENCE), PERSISTENCE), old.at(kept), kept);
        return Merge.replaced(
                Merge.replaced(claims, values.at(ADDED_VOLUMES), ADDED_VOLUMES), values.at(ADDED_MOUNTS), ADDED_MOUNTS);
    }

    private static String describe(Json.Obj values) {
        var persistence = Availability.of(values) == Availability.HIGH ? STORE_PERSISTENCE : PERSISTENCE;
        var claim = values.object(persistence).object("volumeClaim");
        return claim.text("size").orElse("the default size")
                + claim.text("storageClass").map(name -> " of class " + name).orElse("")
                + (claim.at("enabled").equals(Optional.of(new Json.Bool(false))) ? " (disabled)" : "");
    }
}
