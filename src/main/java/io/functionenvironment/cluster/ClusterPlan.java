package io.functionenvironment.cluster;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.api.environment.ClusterStatus.SecurityFix;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * A cluster of whatever kind, as planned.
 *
 * @param owner of all its components
 * @param target access for add-ons; empty if there is no cluster and none can be planned
 * @param facts for the status; empty if there is no cluster and none can be planned
 * @param connect a shell line that opens a connection, and after a {@code #} the right that it takes
 * @param errors what of the request cannot be carried out
 */
public record ClusterPlan(
        Owner.Cluster owner,
        List<Component> components,
        Optional<ClusterTarget> target,
        Optional<ClusterStatus> facts,
        Optional<String> connect,
        List<FieldError> errors) {

    /** The plan, with a security fix in the status. */
    public ClusterPlan announcing(Optional<SecurityFix> fix) {
        return new ClusterPlan(owner, components, target, facts.map(some -> some.announcing(fix)), connect, errors);
    }
}
