package io.functionenvironment.simulation;

import java.time.Duration;

/**
 * A kind of managed resource of an invented provider, such as a cloud's cluster or node pool.
 *
 * @param creation how long an external resource is created until it is Ready
 * @param deletion how long it is deleted until it is gone
 * @param cluster whether it is a Kubernetes cluster: once Ready its connection details have the key kubeconfig
 */
public record ManagedKind(String apiVersion, String kind, Duration creation, Duration deletion, boolean cluster) {

    /** A kind whose external resources take five minutes to create and one to delete. */
    public static ManagedKind of(String apiVersion, String kind) {
        return new ManagedKind(apiVersion, kind, Duration.ofMinutes(5), Duration.ofMinutes(1), false);
    }

    public ManagedKind withCreation(Duration other) {
        return new ManagedKind(apiVersion, kind, other, deletion, cluster);
    }

    public ManagedKind withDeletion(Duration other) {
        return new ManagedKind(apiVersion, kind, creation, other, cluster);
    }

    /** The kind of a Kubernetes cluster. */
    public ManagedKind withCluster() {
        return new ManagedKind(apiVersion, kind, creation, deletion, true);
    }
}
