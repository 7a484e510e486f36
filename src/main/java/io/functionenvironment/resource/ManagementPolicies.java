package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.json.Json;
import java.util.List;

/** What a provider may do with the thing a resource stands for: its management policies. */
public enum ManagementPolicies {
    /** Look at it only. */
    OBSERVE,
    /** Make and change it, but leave it when the resource goes: it ends with something else. */
    NO_DELETE,
    /** Also remove it when the resource goes. */
    ALL,
    /**
     * Only remove it when the resource goes. What a provider tries in vain to make or change it comes back to ever later,
     * and then its removal waits for that as well.
     */
    OBSERVE_DELETE;

    /** Whether the thing goes with the resource. */
    public boolean deletes() {
        return this == ALL || this == OBSERVE_DELETE;
    }

    Json tree() {
        return switch (this) {
            case OBSERVE -> texts("Observe");
            case NO_DELETE -> texts("Observe", "Create", "Update", "LateInitialize");
            case ALL -> texts("*");
            case OBSERVE_DELETE -> texts("Observe", "Delete");
        };
    }

    /** The policy of an observed resource. None at all means everything, as in the providers; an empty list, nothing. */
    static ManagementPolicies of(Json resource) {
        var actions = resource.items("spec", "managementPolicies");
        if (resource.at("spec", "managementPolicies").isEmpty() || actions.contains(new Json.Text("*"))) {
            return ALL;
        }
        if (actions.contains(new Json.Text("Delete"))) {
            return actions.size() == 2 ? OBSERVE_DELETE : ALL;
        }
        return actions.equals(List.of(new Json.Text("Observe"))) ? OBSERVE : NO_DELETE;
    }
}
