package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Set;
import java.util.TreeSet;

/**
 * The actions that {@code spec.managementPolicies} allows a provider; absent allows all.
 *
 * @param paused by an empty list, or by the annotation
 */
record ManagementPolicies(boolean paused, Set<String> actions) {
    /** Of crossplane-runtime 2.3.3. The empty set, which pauses, is not among them here. */
    private static final Set<Set<String>> SUPPORTED = Set.of(
            Set.of("*"),
            Set.of("Observe"),
            Set.of("Observe", "Create"),
            Set.of("Observe", "Create", "Delete"),
            Set.of("Observe", "Create", "Delete", "LateInitialize"),
            Set.of("Observe", "Create", "LateInitialize"),
            Set.of("Observe", "Create", "Update"),
            Set.of("Observe", "Create", "Update", "Delete"),
            Set.of("Observe", "Create", "Update", "Delete", "LateInitialize"),
            Set.of("Observe", "Create", "Update", "LateInitialize"),
            Set.of("Observe", "Delete"),
            Set.of("Observe", "LateInitialize"),
            Set.of("Observe", "Update"),
            Set.of("Observe", "Update", "LateInitialize"));

    static ManagementPolicies of(Json managed) {
        var actions = new TreeSet<String>();
        managed.items("spec", "managementPolicies").forEach(item -> {
            if (item instanceof Json.Text(var action)) {
                actions.add(action);
            }
        });
        var present = managed.at("spec", "managementPolicies").isPresent();
        var annotated = managed.text("metadata", "annotations", "crossplane.io/paused")
                .filter("true"::equals)
                .isPresent();
        return new ManagementPolicies(annotated || (present && actions.isEmpty()), present ? actions : Set.of("*"));
    }

    boolean supported() {
        return SUPPORTED.contains(Set.copyOf(actions));
    }

    String notSupported() {
        return "`spec.managementPolicies` is set to a value([" + String.join(" ", actions)
                + "]) which is not supported. Check docs for supported policies";
    }

    boolean observeOnly() {
        return actions.equals(Set.of("Observe"));
    }

    boolean create() {
        return allow("Create");
    }

    boolean update() {
        return allow("Update");
    }

    boolean delete() {
        return allow("Delete");
    }

    boolean lateInitialize() {
        return allow("LateInitialize");
    }

    private boolean allow(String action) {
        return actions.contains("*") || actions.contains(action);
    }
}
