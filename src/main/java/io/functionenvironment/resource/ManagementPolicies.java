package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a provider may do with the external resource: {@code spec.managementPolicies}. */
public enum ManagementPolicies {
    OBSERVE("Observe"),
    /** It creates and updates the external resource and leaves it in place when the managed resource is deleted. */
    NO_DELETE("Observe", "Create", "Update", "LateInitialize"),
    /** It creates and updates the external resource, which stays for good: nothing ever gets the right to delete it. */
    LEAVE("Observe", "Create", "Update"),
    /** It changes an external resource that something else creates and deletes. */
    OBSERVE_UPDATE("Observe", "Update"),
    /** It creates and deletes the external resource and does not change one that exists already. */
    NO_UPDATE("Observe", "Create", "Delete"),
    /**
     * It only deletes the external resource. With more rights it would retry a failing update at growing intervals, and the
     * deletion would wait for the next retry.
     */
    OBSERVE_DELETE("Observe", "Delete"),
    /**
     * It creates, updates and deletes the external resource, and writes nothing into the spec. With LateInitialize, providers that
     * are built with Upjet (2.4.2, {@code pkg/resource/lateinit.go}) write each field that is unset as the external resource has it:
     * a field that is no longer desired would come back with its former value.
     */
    NO_LATE_INITIALIZE("Observe", "Create", "Update", "Delete"),
    ALL("*");

    private final String actions;

    ManagementPolicies(String... actions) {
        this.actions = String.join(",", actions);
    }

    private List<String> actions() {
        return List.of(actions.split(",", -1));
    }

    /** Whether the external resource is deleted with the managed resource. */
    public boolean delete() {
        return manage() || this == OBSERVE_DELETE || this == NO_UPDATE;
    }

    /** Whether the provider creates, updates and deletes the external resource. */
    public boolean manage() {
        return this == ALL || this == NO_LATE_INITIALIZE;
    }

    /** Whether the external resource stays when its resource is no longer requested. */
    public boolean leave() {
        return this == OBSERVE || this == LEAVE;
    }

    Json json() {
        return texts(actions());
    }

    /**
     * The policies of an observed resource. A missing field means all actions, as in the providers. Combinations
     * that this function never writes count as one that it writes and that deletes as much.
     */
    public static ManagementPolicies of(Json resource) {
        if (resource.at("spec", "managementPolicies").isEmpty()) {
            return ALL;
        }
        var actions = resource.items("spec", "managementPolicies").stream()
                .map(item -> item instanceof Json.Text(var action) ? action : "")
                .collect(Collectors.toSet());
        if (actions.contains("*")) {
            return ALL;
        }
        return Arrays.stream(values())
                .filter(some -> Set.copyOf(some.actions()).equals(actions))
                .findFirst()
                .orElseGet(() ->
                        actions.contains("Delete") ? actions.contains("Update") ? ALL : OBSERVE_DELETE : NO_DELETE);
    }
}
