package io.functionenvironment.cluster;

import io.functionenvironment.cluster.vcluster.ConnectRbac;
import io.functionenvironment.cluster.vcluster.HostResources;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.json.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster of whatever kind, as planned.
 *
 * @param components what makes it, and the access that others need
 * @param facts what people want to know of it; none if it cannot be planned
 * @param errors what about the request cannot be done; it is then left as it is
 */
public record Cluster(List<Component> components, Optional<Facts> facts, List<FieldError> errors) {
    /** The component that stands for the cluster itself. */
    public static final String CLUSTER = "cluster";
    /** The component through which others reach it: a ProviderConfig. */
    public static final String ACCESS = "access";
    /** The component that shows whether it answers now. */
    public static final String HEALTH = "health";
    /** The component that shows how much of its quota is used, while that is to become smaller. */
    public static final String ROOM = "room";

    private static final Set<String> PARTS = Set.of(
            CLUSTER,
            ACCESS,
            HEALTH,
            ROOM,
            HostResources.NAMESPACE,
            ConnectRbac.ROLE_PART,
            ConnectRbac.BINDING_PART,
            DeletionOrderUsages.name(CLUSTER, HostResources.NAMESPACE));
    /** What is said of the health of a cluster that was up and does not answer. */
    public static final String SILENT = "does not answer";

    /** The names of whatever exists besides apps, by the names that such components have. */
    public static List<String> parts(Observed observed) {
        return observed.resources().keySet().stream()
                .filter(PARTS::contains)
                .sorted()
                .toList();
    }

    /**
     * What people want to know of a cluster.
     *
     * @param connect a line for a shell that gets one in, and after a {@code #} the right it takes
     */
    public record Facts(
            String type,
            String name,
            String namespace,
            Optional<String> kubernetesVersion,
            String chartVersion,
            String apiServer,
            String kubeconfigSecret,
            String connect) {}
}
