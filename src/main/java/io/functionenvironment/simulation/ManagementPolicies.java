package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Set;
import java.util.TreeSet;

/**
 * The actions that {@code spec.managementPolicies} allows a provider.
 *
 * @param supported whether providers accept this combination
 */
record ManagementPolicies(boolean create, boolean update, boolean delete, boolean supported) {
    private static final Set<Set<String>> SUPPORTED = Set.of(
            Set.of("*"),
            Set.of("Observe", "Create", "Update", "LateInitialize", "Delete"),
            Set.of("Observe", "Create", "Update", "LateInitialize"),
            Set.of("Observe", "Create", "Update", "Delete"),
            Set.of("Observe", "Create", "Update"),
            Set.of("Observe", "Delete"),
            Set.of("Observe"));

    static ManagementPolicies of(Json managed) {
        var actions = new TreeSet<String>();
        managed.items("spec", "managementPolicies").forEach(item -> {
            if (item instanceof Json.Text(var text)) {
                actions.add(text);
            }
        });
        var all = actions.isEmpty() || actions.contains("*");
        return new ManagementPolicies(
                all || actions.contains("Create"),
                all || actions.contains("Update"),
                all || actions.contains("Delete"),
                actions.isEmpty() || SUPPORTED.contains(Set.copyOf(actions)));
    }
}
