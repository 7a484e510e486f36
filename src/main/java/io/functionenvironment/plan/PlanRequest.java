package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.simulation.Ref;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        ObservedState state, Optional<Json.Obj> live, Optional<Json.Obj> changed, Offered settings, Instant now) {

    /** @throws UnreadableState if no step of the Composition, or several, may be the function's */
    FunctionStep step() {
        return FunctionStep.of(live.flatMap(some -> FunctionStep.composition(some, state)));
    }

    /** Settings as they are. */
    Offered offered() {
        return new Offered(step().input(), state.config(step().config()));
    }

    /** Settings as they will be. */
    Offered offeredThen() {
        return settings.orElse(offered());
    }

    /** What a function has to know of other resources, for the Environment as it is and as it will be. */
    Set<Ref> required(InProcessFunction function) {
        var all = new LinkedHashSet<Ref>();
        live.ifPresent(some -> all.addAll(new RequiredResources(function, some, offered(), now).given(state)));
        changed.or(() -> live)
                .ifPresent(some -> all.addAll(new RequiredResources(function, some, offeredThen(), now).given(state)));
        return all;
    }

    /** What of that is not in the state. */
    List<Ref> missing(InProcessFunction function) {
        return required(function).stream()
                .filter(ref -> state.get(ref).isEmpty())
                .toList();
    }

    /** The same, with more of the state. */
    PlanRequest with(ObservedState other) {
        return new PlanRequest(other, live, changed, settings, now);
    }
}
