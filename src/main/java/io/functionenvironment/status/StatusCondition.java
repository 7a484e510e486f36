package io.functionenvironment.status;

/** A condition of ours, to be put on the composite. */
public record StatusCondition(String type, Value value, String reason, String message) {

    /** What a condition can say. */
    public enum Value {
        TRUE,
        FALSE,
        UNKNOWN;

        /** The word that Kubernetes uses. */
        public String word() {
            return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
        }
    }
}
