package io.functionenvironment.cluster;

import io.functionenvironment.resource.Release;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Merge;
import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Optional;

/** The volume of a cluster's own store. A StatefulSet's claims cannot change: an upgrade that tries fails as a whole. */
final class Storage {
    private Storage() {}

    private static final String[] PERSISTENCE = {"controlPlane", "statefulSet", "persistence"};
    private static final String[] STORE = {"controlPlane", "backingStore"};

    /** The values with the store as it is; with a fault if it was to be another. */
    static Tree.Obj keep(Tree.Obj values, Optional<Release> existing, List<Fault> faults) {
        if (existing.isEmpty() || existing.get().values().isEmpty()) {
            return values;
        }
        var old = existing.get().values();
        if (!said(values).equals(said(old)) || !values.at(STORE).equals(old.at(STORE))) {
            faults.add(new Fault(
                    "spec.size",
                    "asks for a cluster volume of " + said(values) + ", but the cluster was made with " + said(old)
                            + ", which cannot change; all else of the size is applied"));
        }
        return Merge.replaced(Merge.replaced(values, old.at(PERSISTENCE), PERSISTENCE), old.at(STORE), STORE);
    }

    private static String said(Tree.Obj values) {
        var claim = values.object("controlPlane", "statefulSet", "persistence", "volumeClaim");
        return claim.text("size").orElse("the default size")
                + claim.text("storageClass").map(name -> " of class " + name).orElse("")
                + (claim.at("enabled").equals(Optional.of(new Tree.Bool(false))) ? ", switched off" : "");
    }
}
