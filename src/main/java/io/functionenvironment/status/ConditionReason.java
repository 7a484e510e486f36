package io.functionenvironment.status;

import io.functionenvironment.status.StatusCondition.Value;

/**
 * All that our conditions can say. Part of the API: people and machines wait for these words, and docs/operations.md says
 * of each what to do.
 */
public enum ConditionReason {
    ACCEPTED(Conditions.ACCEPTED, Value.TRUE, "Accepted"),
    NOT_ACCEPTED(Conditions.ACCEPTED, Value.FALSE, Conditions.NOT_ACCEPTED),

    CLUSTER_SERVING(Conditions.CLUSTER, Value.TRUE, "Serving"),
    CLUSTER_COMING_UP(Conditions.CLUSTER, Value.FALSE, "ComingUp"),
    CLUSTER_NOT_ANSWERING(Conditions.CLUSTER, Value.FALSE, "NotAnswering"),
    CLUSTER_FAILING(Conditions.CLUSTER, Value.FALSE, Conditions.FAILING),
    CLUSTER_BLOCKED(Conditions.CLUSTER, Value.FALSE, "Blocked"),
    CLUSTER_NOT_ACCEPTED(Conditions.CLUSTER, Value.FALSE, Conditions.NOT_ACCEPTED),
    CLUSTER_UNKNOWN(Conditions.CLUSTER, Value.UNKNOWN, Conditions.NOT_ACCEPTED),

    APPS_READY(Conditions.APPS, Value.TRUE, "Ready"),
    APPS_NOT_REQUESTED(Conditions.APPS, Value.TRUE, Conditions.NOT_REQUESTED),
    APPS_COMING_UP(Conditions.APPS, Value.FALSE, "ComingUp"),
    APPS_FAILING(Conditions.APPS, Value.FALSE, Conditions.FAILING),
    APPS_NOT_ACCEPTED(Conditions.APPS, Value.FALSE, Conditions.NOT_ACCEPTED),
    APPS_UNKNOWN(Conditions.APPS, Value.UNKNOWN, Conditions.NOT_ACCEPTED),

    GIT_OPS_NOT_REQUESTED(Conditions.GIT_OPS, Value.TRUE, Conditions.NOT_REQUESTED),
    GIT_OPS_UNKNOWN(Conditions.GIT_OPS, Value.UNKNOWN, Conditions.NOT_ACCEPTED),

    SERVERLESS_NOT_REQUESTED(Conditions.SERVERLESS, Value.TRUE, Conditions.NOT_REQUESTED),
    SERVERLESS_UNKNOWN(Conditions.SERVERLESS, Value.UNKNOWN, Conditions.NOT_ACCEPTED),

    NOT_EXPIRING(Conditions.EXPIRED, Value.FALSE, Conditions.NOT_REQUESTED),
    EXPIRY_UNKNOWN(Conditions.EXPIRED, Value.UNKNOWN, Conditions.NOT_ACCEPTED);

    private final String type;
    private final Value value;
    private final String reason;

    ConditionReason(String type, Value value, String reason) {
        this.type = type;
        this.value = value;
        this.reason = reason;
    }

    public String type() {
        return type;
    }

    public Value value() {
        return value;
    }

    public String reason() {
        return reason;
    }

    StatusCondition says(String message) {
        return new StatusCondition(type, value, reason, message);
    }
}
