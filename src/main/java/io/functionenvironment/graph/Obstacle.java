package io.functionenvironment.graph;

import io.functionenvironment.json.FieldError;
import java.util.Optional;

/** Why a component must not start, apart from its dependencies. */
public sealed interface Obstacle {
    /**
     * The resource that existed of it before is still being deleted, or nobody has looked yet.
     *
     * @param name empty if nobody has looked yet
     */
    record Predecessor(String kind, Optional<String> name) implements Obstacle {}

    /** What exists already is not this Environment's. */
    record Conflict(FieldError error) implements Obstacle {}
}
