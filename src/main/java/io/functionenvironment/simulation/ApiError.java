package io.functionenvironment.simulation;

/** What an API server refuses, in its words. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    ApiError(String message) {
        super(message);
    }

    String words() {
        return String.valueOf(getMessage());
    }

    static ApiError notFound(Ref ref) {
        return new ApiError(ref.words() + " not found");
    }
}
