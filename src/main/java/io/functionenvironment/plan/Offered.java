package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * Settings as the function receives them.
 *
 * @param input in the step of the Composition
 * @param config the EnvironmentConfig
 */
public record Offered(Optional<Json.Obj> input, Optional<Json.Obj> config) {
    /** These, where there are any, and otherwise those of another. */
    public Offered orElse(Offered other) {
        return new Offered(input.or(other::input), config.or(other::config));
    }
}
