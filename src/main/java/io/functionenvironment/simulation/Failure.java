package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.function.UnaryOperator;

/** Why a provider cannot do what it is to do, in its words. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient UnaryOperator<Tree.Obj> status;

    Failure(String message) {
        this(message, object -> object);
    }

    /** @param status what became known of the thing before it failed */
    Failure(String message, UnaryOperator<Tree.Obj> status) {
        super(message);
        this.status = status;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    UnaryOperator<Tree.Obj> status() {
        return status;
    }
}
