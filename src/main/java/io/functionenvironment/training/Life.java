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

/** From being asked for to being gone: what Crossplane would call about on the way. */
final class Life {
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Life() {}

    /** @param crossplane is shown each request, also those about an app that fails, and about changes */
    static void play(Consumer<RunFunctionRequest> crossplane) throws IOException {
        var documents = Yaml.documents(text());
        var environment = (Json.Obj) documents.get(0);
        var played = new InProcessFunction();
        // The server's clock is the real one, so the story begins now.
        var simulation = new Simulation(
                (call, now) -> {
                    crossplane.accept(InProcessFunction.request(call).message());
                    return played.run(call, now);
                },
                SimulationOptions.DEFAULT.withStart(Instant.now()));
        simulation.settings(Optional.of(documents.get(1).object("data")));
        var failing = new InjectedFault.InstallFails("broken", Integer.MAX_VALUE, "it does not start");
        simulation.inject(failing);
        var ref = simulation.apply(environment);
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.clear(failing);
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.edit(ref, asked -> JsonEdit.set(asked, documents.get(2), "spec"));
        simulation.runUntilIdle(QUIET, LIMIT);
        simulation.delete(ref);
        simulation.runUntilIdle(QUIET, LIMIT);
    }

    private static String text() throws IOException {
        try (var in = Life.class.getResourceAsStream("life.yaml")) {
            if (in == null) {
                throw new IOException("life.yaml is missing beside " + Life.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
