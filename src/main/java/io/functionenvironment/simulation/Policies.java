package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a provider may do, as a managed resource says.
 *
 * @param supported whether providers heed such a set of rights at all
 */
record Policies(boolean create, boolean update, boolean delete, boolean supported) {
    private static final Set<Set<String>> SUPPORTED = Set.of(
            Set.of("*"),
            Set.of("Observe", "Create", "Update", "LateInitialize", "Delete"),
            Set.of("Observe", "Create", "Update", "LateInitialize"),
            Set.of("Observe", "Create", "Update", "Delete"),
            Set.of("Observe", "Create", "Update"),
            Set.of("Observe", "Delete"),
            Set.of("Observe"));

    static Policies of(Json managed) {
        var said = new TreeSet<String>();
        managed.items("spec", "managementPolicies").forEach(item -> {
            if (item instanceof Json.Text(var text)) {
                said.add(text);
            }
        });
        var all = said.isEmpty() || said.contains("*");
        return new Policies(
                all || said.contains("Create"),
                all || said.contains("Update"),
                all || said.contains("Delete"),
                said.isEmpty() || SUPPORTED.contains(Set.copyOf(said)));
    }
}
