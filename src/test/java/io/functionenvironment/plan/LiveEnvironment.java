package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.preview.SimulatedEnvironment;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An example in a simulation that has come to rest, which stands for a real cluster. */
final class LiveEnvironment {
    static final Offered SAME = new Offered(Optional.empty(), Optional.empty());
    private static final Duration LONG = Duration.ofHours(3);

    private final InProcessFunction function = new InProcessFunction();
    final Simulation simulation;
    final Ref ref;
    final Json.Obj requested;
    final List<Change> happened = new ArrayList<>();

    LiveEnvironment(Path example) throws IOException {
        // Another seed than that of a plan.
        simulation = new Simulation(
                function, SimulationOptions.DEFAULT.withWatches(true).withSeed(7));
        var settings = example.resolve("settings.yaml");
        simulation.settings(
                Files.exists(settings) ? Optional.of(document(settings).object("data")) : Optional.empty());
        requested = document(example.resolve("environment.yaml"));
        ref = simulation.apply(requested);
        others(example).forEach(simulation::create);
        settle();
    }

    static Json.Obj document(Path file) throws IOException {
        return parsed(Files.readString(file));
    }

    static Json.Obj parsed(String text) {
        return (Json.Obj) Yaml.documents(text).getFirst();
    }

    /** The resources that an example has values of. */
    static List<Json.Obj> others(Path example) throws IOException {
        var file = example.resolve("required.yaml");
        return Files.exists(file)
                ? Yaml.documents(Files.readString(file)).stream()
                        .map(Json.Obj.class::cast)
                        .toList()
                : List.of();
    }

    private void settle() {
        simulation.runUntilIdle(Duration.ofMinutes(13), LONG);
    }

    /** As {@code kubectl get -o yaml} prints it. */
    List<Json.Obj> objects() {
        return simulation.host().list(object -> !ObservedState.isSecret(object)).stream()
                .map(object -> (Json.Obj) Yaml.documents(Yaml.text(object)).getFirst())
                .toList();
    }

    Json.Obj environment() {
        return simulation.get(ref).orElseThrow();
    }

    boolean ready() {
        return new SimulatedEnvironment(simulation, ref).ready();
    }

    Optional<String> refused() {
        return new SimulatedEnvironment(simulation, ref).refused();
    }

    PlanRequest plan(Optional<Json.Obj> changed, Offered settings) {
        return new PlanRequest(
                ObservedState.of(objects()), Optional.of(environment()), changed, settings, simulation.now());
    }

    static Offered settings(Json.Obj data) {
        return new Offered(
                Optional.empty(),
                Optional.of(new Json.Obj(Map.of("kind", new Json.Text("EnvironmentConfig"), "data", data))));
    }

    static Json.Obj with(Json.Obj environment, Json value, String... path) {
        return JsonEdit.set(environment, value, path);
    }

    /** Applies a change, and returns what happens. */
    List<Change> after(Runnable change) {
        var known = simulation.history().size();
        var start = simulation.now();
        change.run();
        settle();
        var history = simulation.history();
        var changes = history.subList(known, history.size()).stream()
                .flatMap(pass -> Change.of(pass, Change.decisions(function, pass), start).stream())
                .toList();
        happened.addAll(changes);
        return changes;
    }
}
