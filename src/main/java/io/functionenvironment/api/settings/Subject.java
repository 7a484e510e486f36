package io.functionenvironment.api.settings;

import java.util.List;
import java.util.Optional;

/**
 * A subject, as in a RoleBinding, that may connect to Environments.
 *
 * @param namespace only of a ServiceAccount
 * @param teams the namespaces whose Environments it may connect to; empty for all namespaces
 * @param administrator whether it connects as an administrator of the cluster, and not with credentials of its own
 */
public record Subject(String kind, String name, Optional<String> namespace, List<String> teams, boolean administrator) {

    /** Whether the subject may connect to the Environments of a namespace. */
    public boolean connects(String team) {
        return teams.isEmpty() || teams.contains(team);
    }
}
