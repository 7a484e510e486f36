package io.functionenvironment.preview;

import io.functionenvironment.EnvironmentPlan;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.lifecycle.ComponentLifecycle;
import io.functionenvironment.simulation.PipelineRequest;
import java.time.Instant;
import java.util.List;

/** What the function thinks when it is called: more than it answers, since it answers only with what may exist already. */
record Replan(Settings settings) {

    List<Decision> of(PipelineRequest call, Instant now) {
        var observed =
                InProcessFunction.request(call).observed(UntrackedResources.RELEASES, UntrackedResources.OBJECTS);
        return EnvironmentReader.read(observed.composite().body(), new FieldErrors(), false)
                .map(environment -> EnvironmentPlan.of(environment, settings, observed, now))
                .map(planned -> ComponentLifecycle.decide(planned.plan(), observed, now))
                .orElse(List.of());
    }
}
