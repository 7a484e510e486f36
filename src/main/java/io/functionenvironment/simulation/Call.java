package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Crossplane shows a function.
 *
 * @param observed what exists of the composite, by composition-resource-name
 * @param input the step's own input
 * @param required what was found of the things that were required; a name without items was looked for in vain
 */
public record Call(
        Json.Obj composite,
        Map<String, Seen> observed,
        Optional<Json.Obj> input,
        Map<String, List<Json.Obj>> required) {

    /**
     * A composed resource.
     *
     * @param connection its connection details
     */
    public record Seen(Json.Obj body, Map<String, String> connection) {}
}
