package io.functionenvironment.simulation;

/** An API server's refusal, with the message of the real one. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean invalid;

    ApiError(String message) {
        this(message, false);
    }

    private ApiError(String message, boolean invalid) {
        super(message);
        this.invalid = invalid;
    }

    /** As in the response of the API server. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Whether the object itself is invalid (HTTP 422). */
    boolean isInvalid() {
        return invalid;
    }

    static ApiError invalid(Ref ref, String message) {
        return new ApiError(ref.qualifiedName() + " is invalid: " + message, true);
    }

    static ApiError notFound(Ref ref) {
        return new ApiError(ref.qualifiedName() + " not found");
    }
}
