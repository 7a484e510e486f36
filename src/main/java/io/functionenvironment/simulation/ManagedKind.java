package io.functionenvironment.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * A kind of managed resource of an invented provider, such as a cloud's cluster or node pool.
 *
 * @param creation how long an external resource is created until it is Ready
 * @param deletion how long it is deleted until it is gone
 * @param cluster whether it is a Kubernetes cluster: once Ready its connection details have the key kubeconfig
 * @param credentialsOf the field of {@code forProvider} with the external name of a cluster, if its connection details have the
 *     kubeconfig of that cluster
 */
public record ManagedKind(
        String apiVersion,
        String kind,
        Duration creation,
        Duration deletion,
        boolean cluster,
        Optional<String> credentialsOf) {

    /** A kind whose external resources take five minutes to create and one to delete. */
    public static ManagedKind of(String apiVersion, String kind) {
        return new ManagedKind(apiVersion, kind, Duration.ofMinutes(5), Duration.ofMinutes(1), false, Optional.empty());
    }

    public ManagedKind withCreation(Duration other) {
        return new ManagedKind(apiVersion, kind, other, deletion, cluster, credentialsOf);
    }

    public ManagedKind withDeletion(Duration other) {
        return new ManagedKind(apiVersion, kind, creation, other, cluster, credentialsOf);
    }

    /** The kind of a Kubernetes cluster. */
    public ManagedKind withCluster() {
        return new ManagedKind(apiVersion, kind, creation, deletion, true, credentialsOf);
    }

    /** The kind of what gives access to a cluster, which a field names. */
    public ManagedKind withCredentialsOf(String field) {
        return new ManagedKind(apiVersion, kind, creation, deletion, cluster, Optional.of(field));
    }
}
