package io.functionenvironment.plan;

/** The state of a control plane cannot be read, or is not one that a plan can start from. */
public final class UnreadableState extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message for people: what was found where, and what must be */
    public UnreadableState(String message) {
        super(message);
    }

    /** Likewise. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
