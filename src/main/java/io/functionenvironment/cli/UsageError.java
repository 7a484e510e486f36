package io.functionenvironment.cli;

/** Arguments that make no sense, said so that one knows which. */
final class UsageError extends Exception {
    private static final long serialVersionUID = 1;

    UsageError(String message) {
        super(message);
    }
}
