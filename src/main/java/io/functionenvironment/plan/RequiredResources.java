package io.functionenvironment.plan;

import io.functionenvironment.Evaluation;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.simulation.PipelineRequest;
import io.functionenvironment.simulation.Ref;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the function asks Crossplane to look up by name for an Environment: the resources that apps have values of, and the
 * definitions of these. The function itself decides, so these are only of kinds that the Settings allow.
 */
record RequiredResources(InProcessFunction function, Json.Obj environment, Offered settings, Instant now) {
    /** As the shipped Composition names it. */
    private static final String SETTINGS = "settings";

    /** Those that are asked for when what was read of them is known: a resource only after its definition. */
    Set<Ref> given(ObservedState state) {
        var found = new LinkedHashMap<String, List<Json.Obj>>();
        found.put(SETTINGS, settings.config().stream().toList());
        var asked = new LinkedHashSet<Ref>();
        var before = -1;
        while (asked.size() > before) {
            before = asked.size();
            for (var requirement : requirements(found)) {
                ref(requirement).ifPresent(ref -> {
                    asked.add(ref);
                    state.get(ref).ifPresent(object -> found.put(requirement.name(), List.of(object)));
                });
            }
        }
        return asked;
    }

    private List<Requirement> requirements(Map<String, List<Json.Obj>> found) {
        var call = new PipelineRequest(environment, Map.of(), settings.input(), Map.copyOf(found));
        return function.evaluate(call, now) instanceof Evaluation.Evaluated evaluated
                ? evaluated.requirements()
                : List.of();
    }

    private static Optional<Ref> ref(Requirement requirement) {
        return requirement.match() instanceof Match.ByName(var name)
                ? Optional.of(new Ref(
                        requirement.gvk().apiVersion(), requirement.gvk().kind(), requirement.namespace(), name))
                : Optional.empty();
    }
}
