package io.functionenvironment.api.settings;

import java.util.List;

/**
 * Rights inside the clusters of Environments that are less than those of an administrator.
 *
 * @param clusterRole the name of a ClusterRole in these clusters
 * @param tokenDuration how long the tokens live that are requested for its ServiceAccount, such as {@code 1h}
 * @param subjects the users and groups that have the role, to all or some of the Environments, besides the ServiceAccount
 */
public record AccessRole(String name, String clusterRole, String tokenDuration, List<Subject> subjects) {

    /** The subjects that have the role in the Environments of a namespace. */
    public List<Subject> subjects(String namespace) {
        return subjects.stream().filter(subject -> subject.connects(namespace)).toList();
    }
}
