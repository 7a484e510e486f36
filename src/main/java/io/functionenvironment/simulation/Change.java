package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.Optional;

/** An object appeared (nothing before), changed, or went (nothing after). */
record Change(Ref ref, Optional<Tree.Obj> before, Optional<Tree.Obj> after) {

    boolean differs(String... path) {
        return !before.flatMap(object -> object.at(path)).equals(after.flatMap(object -> object.at(path)));
    }
}
