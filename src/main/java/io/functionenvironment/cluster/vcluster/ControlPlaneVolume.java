package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/** The volume of a cluster's own store. The claims of a StatefulSet cannot change: an upgrade that tries to fails as a whole. */
final class ControlPlaneVolume {
    private ControlPlaneVolume() {}

    private static final String[] PERSISTENCE = {"controlPlane", "statefulSet", "persistence"};
    private static final String[] STORE = {"controlPlane", "backingStore"};

    /** The values with the store as it is; with an error if another was requested. */
    static Json.Obj keep(Json.Obj values, Optional<Release> existing, FieldErrors errors) {
        if (existing.isEmpty() || existing.get().values().inline().isEmpty()) {
            return values;
        }
        var old = existing.get().values().inline();
        if (!said(values).equals(said(old)) || !values.at(STORE).equals(old.at(STORE))) {
            errors.add(
                    "spec.size",
                    "asks for a cluster volume of " + said(values) + ", but the cluster was made with " + said(old)
                            + ", which cannot change; the rest of the size is applied");
        }
        return Merge.replaced(Merge.replaced(values, old.at(PERSISTENCE), PERSISTENCE), old.at(STORE), STORE);
    }

    private static String said(Json.Obj values) {
        var claim = values.object("controlPlane", "statefulSet", "persistence", "volumeClaim");
        return claim.text("size").orElse("the default size")
                + claim.text("storageClass").map(name -> " of class " + name).orElse("")
                + (claim.at("enabled").equals(Optional.of(new Json.Bool(false))) ? ", switched off" : "");
    }
}
