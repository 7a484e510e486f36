package io.functionenvironment.preview;

import io.functionenvironment.Planned;
import io.functionenvironment.environment.EnvironmentReader;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.Gate;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.simulation.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the function thinks when it is called: more than it answers, since it answers only with what may exist already. */
record Thought(Settings settings) {

    List<Decision> of(Call call, Instant now) {
        var observed = Played.request(call).observed(Leftovers.RELEASES, Leftovers.OBJECTS);
        return EnvironmentReader.read(observed.composite().body(), new ArrayList<>(), false)
                .map(environment -> Planned.of(environment, settings, observed, now))
                .map(planned -> Gate.decide(planned.plan(), observed, now))
                .orElse(List.of());
    }
}
