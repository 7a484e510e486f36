package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.function.UnaryOperator;

/** Why a provider cannot do what it is to do, in its words. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient UnaryOperator<Json.Obj> status;

    Failure(String message) {
        this(message, object -> object);
    }

    /** @param status what became known of the thing before it failed */
    Failure(String message, UnaryOperator<Json.Obj> status) {
        super(message);
        this.status = status;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    UnaryOperator<Json.Obj> status() {
        return status;
    }
}
