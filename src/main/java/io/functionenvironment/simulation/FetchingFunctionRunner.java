package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.ResourceSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls a function until its requirements are stable, and fetches the required resources in between.
 *
 * @param bootstrap the requirements of the Composition's step, met from the first call on
 * @param unknown objects of which nobody knows whether they exist
 */
record FetchingFunctionRunner(
        Cluster host,
        VirtualClock clock,
        Pipeline pipeline,
        Map<String, ResourceSelector> bootstrap,
        Set<Ref> unknown) {
    private static final int MAX_CALLS = 6;

    /** The last response with its request, and the number of calls. */
    record Run(PipelineResponse response, PipelineRequest request, int calls) {}

    Run run(Json.Obj composite, Map<String, PipelineRequest.ObservedResource> observed, Optional<Json.Obj> input) {
        var requirements = Map.<String, ResourceSelector>of();
        for (var calls = 1; calls <= MAX_CALLS; calls++) {
            var request = new PipelineRequest(composite, observed, input, fetch(requirements));
            var response = pipeline.run(request, clock.now());
            if (response.fatal().isPresent() || response.requirements().equals(requirements)) {
                return new Run(response, request, calls);
            }
            requirements = response.requirements();
        }
        throw new ApiError("requirements didn't stabilize after the maximum number of iterations (5)");
    }

    private Map<String, List<Json.Obj>> fetch(Map<String, ResourceSelector> requirements) {
        var all = new LinkedHashMap<>(bootstrap);
        all.putAll(requirements);
        var fetched = new LinkedHashMap<String, List<Json.Obj>>();
        all.forEach((name, selector) -> {
            if (!isUnknown(selector)) {
                fetched.put(name, host.list(object -> matches(selector, object)));
            }
        });
        return fetched;
    }

    private boolean isUnknown(ResourceSelector selector) {
        return selector.name()
                .map(name -> new Ref(
                        selector.apiVersion(),
                        selector.kind(),
                        selector.namespace().orElse(""),
                        name))
                .filter(unknown::contains)
                .isPresent();
    }

    private static boolean matches(ResourceSelector selector, Json.Obj object) {
        var ref = Ref.of(object);
        return ref.apiVersion().equals(selector.apiVersion())
                && ref.isKind(selector.kind())
                && selector.namespace()
                        .filter(namespace -> !namespace.equals(ref.namespace()))
                        .isEmpty()
                && selector.name().filter(name -> !name.equals(ref.name())).isEmpty()
                && selector.labels().entrySet().stream()
                        .allMatch(label -> object.text("metadata", "labels", label.getKey())
                                .filter(label.getValue()::equals)
                                .isPresent());
    }
}
