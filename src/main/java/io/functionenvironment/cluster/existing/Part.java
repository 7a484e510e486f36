package io.functionenvironment.cluster.existing;

import io.functionenvironment.graph.Owner;
import java.util.List;

/** The names of the components of a share of an existing cluster. Part of the API: they never change. */
final class Part {
    /** The namespace. It also shows whether the cluster responds. */
    static final String NAMESPACE = "namespace";

    static final String QUOTA = "isolation-quota";
    static final String LIMITS = "isolation-limits";
    static final String NETWORK_POLICY = "isolation-network-policy";

    static final Owner.Cluster OWNER = new Owner.Cluster("existing");

    /** In the order in which they are created: what runs must not run before it is isolated. */
    static final List<String> ISOLATION = List.of(QUOTA, LIMITS, NETWORK_POLICY);

    static final List<String> ALL = List.of(NAMESPACE, QUOTA, LIMITS, NETWORK_POLICY);

    private Part() {}
}
