package io.functionenvironment.preview;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.Evaluation;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the function refuses of a new Environment: the errors of its first call. */
public final class Validation {
    private static final Json.Obj EMPTY = obj(
            field("apiVersion", "apiextensions.crossplane.io/v1beta1"),
            field("kind", "EnvironmentConfig"),
            field("metadata", obj(field("name", SettingsDocument.CONFIG))),
            field("data", Json.Obj.EMPTY));

    private Validation() {}

    /**
     * The errors.
     *
     * @param environment with a name and a namespace
     * @param input Settings in the Composition's pipeline step
     * @param config the platform's EnvironmentConfig; without one, an empty one, because Settings may require it
     */
    public static List<FieldError> errors(Json.Obj environment, Optional<Json.Obj> input, Optional<Json.Obj> config) {
        return switch (evaluation(environment, input, config)) {
            case Evaluation.Refused(var errors, var ignored) -> errors;
            case Evaluation.Evaluated evaluated -> evaluated.errors();
        };
    }

    /** What the first call for a new Environment comes to. */
    static Evaluation evaluation(Json.Obj environment, Optional<Json.Obj> input, Optional<Json.Obj> config) {
        var request =
                new PipelineRequest(environment, Map.of(), input, Map.of("settings", List.of(config.orElse(EMPTY))));
        return new InProcessFunction().evaluate(request, Instant.EPOCH);
    }
}
