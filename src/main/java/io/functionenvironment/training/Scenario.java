package io.functionenvironment.training;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.simulation.InjectedFault;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The life of an Environment with many features, from its creation to its deletion, in the simulator. */
final class Scenario {
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Scenario() {}

    /** @param requests receives each request of Crossplane, including those for a failing app and for changes */
    static void play(Consumer<RunFunctionRequest> requests) throws IOException {
        var documents = Yaml.documents(text());
        var environment = (Json.Obj) documents.get(0);
        var function = new InProcessFunction();
        // The server uses the real time, so the simulation starts now.
        var simulation = new Simulation(
                (call, now) -> {
                    requests.accept(InProcessFunction.request(call).message());
                    return function.run(call, now);
                },
                SimulationOptions.DEFAULT.withStart(Instant.now()));
        simulation.settings(Optional.of(documents.get(1).object("data")));
        var failing = new InjectedFault.InstallFails("broken", Integer.MAX_VALUE, "it does not start");
        simulation.inject(failing);
        var ref = simulation.apply(environment);
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.clear(failing);
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.edit(ref, body -> JsonEdit.set(body, documents.get(2), "spec"));
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.delete(ref);
        simulation.runUntilIdle(QUIET, LIMIT);
    }

    private static String text() throws IOException {
        try (var in = Scenario.class.getResourceAsStream("scenario.yaml")) {
            if (in == null) {
                throw new IOException("scenario.yaml is missing next to " + Scenario.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
