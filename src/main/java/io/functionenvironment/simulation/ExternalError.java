package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.function.UnaryOperator;

/** A provider cannot connect to, observe or change an external resource; the message is the real provider's. */
final class ExternalError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient UnaryOperator<Json.Obj> status;

    ExternalError(String message) {
        this(message, object -> object);
    }

    /** @param status writes what was observed before the error into the managed resource's status */
    ExternalError(String message, UnaryOperator<Json.Obj> status) {
        super(message);
        this.status = status;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    UnaryOperator<Json.Obj> status() {
        return status;
    }
}
