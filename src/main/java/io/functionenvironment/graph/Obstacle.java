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

    /**
     * A value comes from a field of another resource, and is not there.
     *
     * @param field of the resource
     * @param resource its kind and name
     * @param definition the CompositeResourceDefinition of the resource; empty as long as that is not known
     */
    record MissingValue(String field, String resource, String definition, Reason reason) implements Obstacle {
        /** Why it is not there. */
        public enum Reason {
            /** Nobody has looked yet. */
            NOT_LOOKED_UP,
            /** Without the definition, Crossplane may lack the permission to read the resource. */
            NO_DEFINITION,
            /** Crossplane does not watch resources of the definition, yet or any more. */
            NOT_ESTABLISHED,
            NO_RESOURCE,
            NO_VALUE,
            /** It is not a single value, or too long. */
            UNUSABLE
        }
    }

    /** What exists already is not this Environment's. */
    record Conflict(FieldError error) implements Obstacle {}
}
