package io.functionenvironment.addon.manifests;

/** Why an expression is not admitted; the message is one as in {@link io.functionenvironment.json.FieldError}. */
final class QueryRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;

    QueryRefusal(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    String text() {
        return text;
    }
}
