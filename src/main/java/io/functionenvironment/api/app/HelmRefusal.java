package io.functionenvironment.api.app;

/** Why Helm refuses an item of {@code set}; the message is one as in {@link io.functionenvironment.json.FieldError}. */
final class HelmRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean inValue;
    private final String text;

    HelmRefusal(boolean inValue, String text) {
        super(text, null, false, false);
        this.inValue = inValue;
        this.text = text;
    }

    /** Whether its value is the reason, and not its name. */
    boolean inValue() {
        return inValue;
    }

    String text() {
        return text;
    }
}
