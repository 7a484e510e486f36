package io.functionenvironment.json;

/**
 * Something that cannot be accepted.
 *
 * @param path the field, as the API server would name it: {@code spec.apps[0].chart.version}
 * @param message what was found and what is allowed, as the rest of a sentence that begins with the path
 */
public record FieldError(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
