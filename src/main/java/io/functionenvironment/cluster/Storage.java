package io.functionenvironment.cluster;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.resource.Release;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Merge;
import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Optional;

/** The volume of a cluster's own store. A StatefulSet's claims cannot change: an upgrade that tries fails as a whole. */
final class Storage {
    private Storage() {}

    /** The values with the volume as it is; with a fault if it was to be another. */
    static Tree.Obj keep(Tree.Obj values, Optional<Release> existing, List<Fault> faults) {
        var old = existing.map(release -> claim(release.values()));
        if (old.isEmpty() || old.get().isEmpty() || same(old.get(), claim(values))) {
            return values;
        }
        faults.add(new Fault(
                "spec.size",
                "asks for a cluster volume of " + said(claim(values)) + ", but the cluster was made with "
                        + said(old.get()) + ", which cannot change; all else of the size is applied"));
        return Merge.over(
                values,
                obj(
                        "controlPlane",
                        obj(
                                "statefulSet",
                                obj(
                                        "persistence",
                                        obj(
                                                "volumeClaim",
                                                obj(
                                                        "size",
                                                                old.get()
                                                                        .at("size")
                                                                        .orElse(new Tree.Null()),
                                                        "storageClass",
                                                                old.get()
                                                                        .at("storageClass")
                                                                        .orElse(new Tree.Null())))))));
    }

    private static Tree.Obj claim(Tree.Obj values) {
        return values.object("controlPlane", "statefulSet", "persistence", "volumeClaim");
    }

    private static boolean same(Tree.Obj one, Tree.Obj other) {
        return one.at("size").equals(other.at("size")) && one.at("storageClass").equals(other.at("storageClass"));
    }

    private static String said(Tree.Obj claim) {
        return claim.text("size").orElse("the default size")
                + claim.text("storageClass").map(name -> " of class " + name).orElse("");
    }
}
