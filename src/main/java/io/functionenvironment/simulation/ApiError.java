package io.functionenvironment.simulation;

/** An API server's refusal, with the message of the real one. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    ApiError(String message) {
        super(message);
    }

    String message() {
        return String.valueOf(getMessage());
    }

    static ApiError notFound(Ref ref) {
        return new ApiError(ref.qualifiedName() + " not found");
    }
}
