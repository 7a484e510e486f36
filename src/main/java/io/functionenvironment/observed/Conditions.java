package io.functionenvironment.observed;

import io.functionenvironment.tree.Tree;
import java.util.List;

/** The conditions of an object's status. */
public final class Conditions {
    private Conditions() {}

    public static List<Condition> of(Tree object) {
        return object.items("status", "conditions").stream().map(Condition::new).toList();
    }
}
