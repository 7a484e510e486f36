package io.functionenvironment.status;

/**
 * The reasons that conditions may have. Part of the API: people and machines wait for these words, and docs/operations.md
 * says for each what to do.
 */
public enum ConditionReason {
    ACCEPTED("Accepted", Value.TRUE),
    AVAILABLE("Available", Value.TRUE),
    NOT_REQUESTED("NotRequested", Value.TRUE),
    PROGRESSING("Progressing", Value.FALSE),
    UNREACHABLE("Unreachable", Value.FALSE),
    FAILING("Failing", Value.FALSE),
    BLOCKED("Blocked", Value.FALSE),
    INVALID("Invalid", Value.FALSE);

    /** The status of a condition. */
    public enum Value {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Value(String word) {
            this.word = word;
        }

        /** The word that Kubernetes uses. */
        public String word() {
            return word;
        }
    }

    private final String word;
    private final Value value;

    ConditionReason(String word, Value value) {
        this.word = word;
        this.value = value;
    }

    /** {@code reason} in the condition. */
    public String word() {
        return word;
    }

    /** The status of a condition with this reason. */
    public Value value() {
        return value;
    }
}
