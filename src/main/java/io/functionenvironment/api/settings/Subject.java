package io.functionenvironment.api.settings;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who may connect to environments, in the terms of a RoleBinding.
 *
 * @param teams the namespaces whose environments those are; where none is named, they are those of all
 */
public record Subject(String kind, String name, Optional<String> namespace, List<String> teams) {

    /** Whether this is about the environments of a namespace. */
    public boolean connects(String team) {
        return teams.isEmpty() || teams.contains(team);
    }
}
