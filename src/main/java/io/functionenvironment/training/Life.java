package io.functionenvironment.training;

import io.functionenvironment.preview.Played;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.simulation.Edit;
import io.functionenvironment.simulation.Mishap;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.tree.Tree;
import io.functionenvironment.tree.Yaml;
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
        var environment = (Tree.Obj) documents.get(0);
        var played = new Played();
        // The server's clock is the real one, so the story begins now.
        var simulation = new Simulation(
                (call, now) -> {
                    crossplane.accept(Played.request(call).message());
                    return played.call(call, now);
                },
                Simulation.Options.DEFAULT.with(Instant.now(), Optional.empty()));
        simulation.settings(Optional.of(documents.get(1).object("data")));
        var failing = new Mishap.InstallFails("broken", Integer.MAX_VALUE, "it does not start");
        simulation.begin(failing);
        var ref = simulation.apply(environment);
        simulation.runQuiet(QUIET, LIMIT);
        simulation.end(failing);
        simulation.runQuiet(QUIET, LIMIT);
        simulation.edit(ref, asked -> Edit.set(asked, documents.get(2), "spec"));
        simulation.runQuiet(QUIET, LIMIT);
        simulation.delete(ref);
        simulation.runQuiet(QUIET, LIMIT);
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
