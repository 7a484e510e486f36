package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Owner;
import java.util.List;
import java.util.Set;

/** The names of a virtual cluster's components. Part of the API: they never change. */
final class Part {
    static final String NAMESPACE = "namespace";
    /** The Release of the chart. */
    static final String CLUSTER = "cluster";
    /** Shows whether the API is served now. */
    static final String HEALTH = "health";
    /** Shows how much of the quota is used, while the quota is to become smaller. */
    static final String QUOTA = "quota";

    /** Keeps most of the pods of a cluster with high availability while nodes are drained. */
    static final String DISRUPTION_BUDGET = "disruption-budget";

    static final String CONNECT_ROLE = "connect-role";
    static final String CONNECT_ROLE_BINDING = "connect-role-binding";
    static final String TUNNEL_ROLE = "tunnel-role";
    static final String TUNNEL_ROLE_BINDING = "tunnel-role-binding";
    static final String HELM_CONFIG = "provider-config-helm";
    static final String KUBERNETES_CONFIG = "provider-config-kubernetes";

    static final Owner.Cluster OWNER = new Owner.Cluster("vcluster");

    /** Of what goes with the cluster, and starts once its Release exists. */
    static final List<Dependency> BESIDE = List.of(new Dependency(CLUSTER, StartWhen.EXISTS, DeletionMode.CASCADE));

    /** Who may reach the API server through the host cluster. */
    static final Set<String> RIGHTS = Set.of(CONNECT_ROLE, CONNECT_ROLE_BINDING, TUNNEL_ROLE, TUNNEL_ROLE_BINDING);

    /** All of them, by which they are found whatever happened to their labels. */
    static final List<String> ALL = List.of(
            NAMESPACE,
            CLUSTER,
            HEALTH,
            QUOTA,
            DISRUPTION_BUDGET,
            CONNECT_ROLE,
            CONNECT_ROLE_BINDING,
            TUNNEL_ROLE,
            TUNNEL_ROLE_BINDING,
            HELM_CONFIG,
            KUBERNETES_CONFIG);

    private Part() {}
}
