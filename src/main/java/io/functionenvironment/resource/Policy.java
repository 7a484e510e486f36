package io.functionenvironment.resource;

import static io.functionenvironment.tree.Tree.arr;

import io.functionenvironment.tree.Tree;
import java.util.List;

/** What a provider may do with the thing a resource stands for: its management policies. */
public enum Policy {
    /** Look at it only. */
    OBSERVE,
    /** Make and change it, but leave it when the resource goes: it ends with something else. */
    KEEP,
    /** Also remove it when the resource goes. */
    DELETE,
    /**
     * Only remove it when the resource goes. What a provider tries in vain to make or change it comes back to ever later,
     * and then its removal waits for that as well.
     */
    REMOVE;

    /** Whether the thing goes with the resource. */
    public boolean deletes() {
        return this == DELETE || this == REMOVE;
    }

    Tree tree() {
        return switch (this) {
            case OBSERVE -> arr("Observe");
            case KEEP -> arr("Observe", "Create", "Update", "LateInitialize");
            case DELETE -> arr("*");
            case REMOVE -> arr("Observe", "Delete");
        };
    }

    /** The policy of an observed resource. None at all means everything, as in the providers; an empty list, nothing. */
    static Policy of(Tree resource) {
        var actions = resource.items("spec", "managementPolicies");
        if (resource.at("spec", "managementPolicies").isEmpty() || actions.contains(new Tree.Text("*"))) {
            return DELETE;
        }
        if (actions.contains(new Tree.Text("Delete"))) {
            return actions.size() == 2 ? REMOVE : DELETE;
        }
        return actions.equals(List.of(new Tree.Text("Observe"))) ? OBSERVE : KEEP;
    }
}
