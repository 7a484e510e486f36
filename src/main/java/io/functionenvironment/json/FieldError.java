package io.functionenvironment.json;

/**
 * An error in one field of a document.
 *
 * @param path the field, as the API server names it: {@code spec.apps[0].chart.version}
 * @param message what was found and what to change, as the rest of a sentence that begins with the path
 */
public record FieldError(String path, String message) {
    public FieldError {
        path = Printable.line(path);
        message = Printable.of(message);
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
