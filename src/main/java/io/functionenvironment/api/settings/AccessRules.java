package io.functionenvironment.api.settings;

import java.util.List;

/**
 * Who may do what with the clusters of Environments.
 *
 * @param subjects who may connect through the host cluster, to all or some of the Environments
 * @param roles rights inside the clusters
 */
public record AccessRules(List<Subject> subjects, List<AccessRole> roles) {

    /** The subjects that may connect to the Environments of a namespace. */
    public List<Subject> subjects(String namespace) {
        return subjects.stream().filter(subject -> subject.connects(namespace)).toList();
    }
}
