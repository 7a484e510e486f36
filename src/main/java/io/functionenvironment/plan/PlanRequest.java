package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * What to predict.
 *
 * @param state as it is
 * @param live the Environment as it is; empty if it does not exist
 * @param changed the Environment as it will be applied; empty if it stays
 * @param settings that will be changed
 * @param now the time at which the state was read, on which the function's answer depends
 */
public record PlanRequest(
        ObservedState state, Optional<Json.Obj> live, Optional<Json.Obj> changed, Offered settings, Instant now) {}
