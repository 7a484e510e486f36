package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Crossplane sends to a function.
 *
 * @param composite the observed composite
 * @param observed the observed composed resources, by composition-resource-name
 * @param input the input of the step in the Composition
 * @param required the required resources, by requirement name; a name without items matched nothing
 */
public record PipelineRequest(
        Json.Obj composite,
        Map<String, ObservedResource> observed,
        Optional<Json.Obj> input,
        Map<String, List<Json.Obj>> required) {

    /** An observed composed resource. */
    public record ObservedResource(Json.Obj body, Map<String, String> connectionDetails) {}
}
