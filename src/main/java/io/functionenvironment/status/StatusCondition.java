package io.functionenvironment.status;

import io.functionenvironment.status.ConditionReason.Value;

/**
 * A condition for the composite.
 *
 * @param reason a word of {@link ConditionReason}, or what an earlier release wrote where a condition is repeated
 */
public record StatusCondition(String type, Value value, String reason, String message) {
    static StatusCondition of(String type, ConditionReason reason, String message) {
        return new StatusCondition(type, reason.value(), reason.word(), message);
    }

    boolean has(ConditionReason some) {
        return reason.equals(some.word());
    }
}
