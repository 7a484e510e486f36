package io.functionenvironment.json;

/** A text is not YAML, or is YAML that {@link YamlReader} rejects. The message names the line and column, if there are any. */
public final class InvalidYaml extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidYaml(String message) {
        super(Printable.of(message));
    }
}
