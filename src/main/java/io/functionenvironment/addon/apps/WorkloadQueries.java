package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.Workload.Kind;

/**
 * When a workload is available, as queries in CEL over the object. They stay true during an ordinary rollout: each change of what
 * is reported costs writes to the Environment.
 */
final class WorkloadQueries {
    /** The status is about the current specification. */
    private static final String CURRENT = "has(object.status) && has(object.status.observedGeneration)"
            + " && object.status.observedGeneration >= object.metadata.generation";

    private WorkloadQueries() {}

    static String available(Kind kind) {
        return switch (kind) {
            // Available is also true without any pod, if all of them may be unavailable.
            case DEPLOYMENT ->
                CURRENT + " && has(object.status.conditions)"
                        + " && object.status.conditions.exists(c, c.type == 'Available' && c.status == 'True')"
                        + " && !object.status.conditions.exists(c, c.type == 'Progressing' && c.status == 'False')"
                        + " && (object.spec.replicas <= 0 || (has(object.status.availableReplicas)"
                        + " && object.status.availableReplicas > 0))";
            // All pods, or during a rollout at least one.
            case STATEFUL_SET ->
                CURRENT + " && (object.spec.replicas <= 0 || (has(object.status.availableReplicas)"
                        + " && object.status.availableReplicas > 0"
                        + " && (object.status.availableReplicas >= object.spec.replicas"
                        + " || (has(object.status.currentRevision) && has(object.status.updateRevision)"
                        + " && object.status.currentRevision != object.status.updateRevision))))";
            case DAEMON_SET ->
                CURRENT + " && (object.status.desiredNumberScheduled <= 0 || (has(object.status.numberAvailable)"
                        + " && object.status.numberAvailable > 0"
                        + " && (object.status.numberAvailable >= object.status.desiredNumberScheduled"
                        + " || !has(object.status.updatedNumberScheduled)"
                        + " || object.status.updatedNumberScheduled < object.status.desiredNumberScheduled)))";
            case JOB ->
                "has(object.status) && has(object.status.conditions)"
                        + " && object.status.conditions.exists(c, c.type == 'Complete' && c.status == 'True')";
        };
    }
}
