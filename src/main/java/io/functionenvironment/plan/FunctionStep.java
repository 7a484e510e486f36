package io.functionenvironment.plan;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.Ref;
import java.util.List;
import java.util.Optional;

/**
 * The function's step in the Composition of an Environment.
 *
 * @param input Settings in the step
 * @param config the name of the EnvironmentConfig that the step requires
 * @param others the other steps of the pipeline, which are not run
 */
record FunctionStep(Optional<Json.Obj> input, String config, List<String> others) {
    private static final String API = "apiextensions.crossplane.io/v1";
    /** What is assumed without a Composition: the pipeline of the shipped one. */
    private static final FunctionStep SHIPPED = new FunctionStep(Optional.empty(), SettingsDocument.CONFIG, List.of());

    /** The Composition of an Environment, by the revision that Crossplane uses, as far as these were read. */
    static Optional<Json.Obj> composition(Json.Obj environment, ObservedState state) {
        var crossplane = environment.object("spec", "crossplane");
        return crossplane
                .text("compositionRevisionRef", "name")
                .flatMap(name -> state.get(new Ref(API, "CompositionRevision", "", name)))
                .or(() -> crossplane
                        .text("compositionRef", "name")
                        .flatMap(name -> state.get(new Ref(API, "Composition", "", name))));
    }

    /** @throws UnreadableState if no step, or several, may be the function's */
    static FunctionStep of(Optional<Json.Obj> composition) {
        if (composition.isEmpty()) {
            return SHIPPED;
        }
        var steps = composition.get().items("spec", "pipeline");
        var own = steps.stream().filter(FunctionStep::isOwn).toList();
        if (own.size() != 1) {
            throw new UnreadableState("%s spec.pipeline: has %d steps of this function; it must have one, of a function"
                            .formatted(Ref.of(composition.get()), own.size())
                    + " with the name function-environment, or with Settings as input");
        }
        var step = own.getFirst();
        var config = step.items("requirements", "requiredResources").stream()
                .filter(required -> required.text("requirementName").equals(Optional.of("settings")))
                .flatMap(required -> required.text("name").stream())
                .findFirst();
        return new FunctionStep(
                Optional.of(step.object("input")).filter(input -> !input.isEmpty()),
                config.orElse(SettingsDocument.CONFIG),
                steps.stream()
                        .filter(other -> !other.equals(step))
                        .map(other -> "step %s of %s"
                                .formatted(
                                        other.text("step").orElse(""),
                                        other.text("functionRef", "name").orElse("")))
                        .toList());
    }

    private static boolean isOwn(Json step) {
        return step.text("input", "apiVersion")
                        .filter(api -> api.startsWith("environment.fn.crossplane.io/"))
                        .isPresent()
                || step.text("functionRef", "name")
                        .filter(name -> name.endsWith("function-environment"))
                        .isPresent();
    }
}
