package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.preview.Timeline;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Reconciliation;
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
import java.util.TreeSet;

/** An example in a simulation that has come to rest, which stands for a real cluster. */
final class LiveEnvironment {
    private static final Duration LONG = Duration.ofHours(3);

    final Simulation simulation;
    final Ref ref;
    final Json.Obj requested;
    private int known;

    LiveEnvironment(Path example) throws IOException {
        simulation = new Simulation(
                new InProcessFunction(), SimulationOptions.DEFAULT.withWatches(true).withSeed(7));
        var settings = example.resolve("settings.yaml");
        simulation.settings(
                Files.exists(settings)
                        ? Optional.of(document(settings).object("data"))
                        : Optional.empty());
        requested = document(example.resolve("environment.yaml"));
        ref = simulation.apply(requested);
        settle();
        known = simulation.history().size();
    }

    static Json.Obj document(Path file) throws IOException {
        return (Json.Obj) Yaml.documents(Files.readString(file)).getFirst();
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
    List<String> after(Runnable change) {
        change.run();
        settle();
        var history = simulation.history();
        var happened = new ArrayList<String>();
        for (var pass : history.subList(known, history.size())) {
            happened.addAll(texts(pass));
        }
        known = history.size();
        return happened;
    }

    private static List<String> texts(Reconciliation pass) {
        var texts = new ArrayList<String>();
        pass.created().forEach(name -> texts.add("CREATED " + name + " []"));
        for (var name : new TreeSet<>(pass.changed().keySet())) {
            var fields = Timeline.changedFields(pass, name);
            if (!fields.isEmpty()) {
                texts.add("CHANGED " + name + " " + fields);
            }
        }
        pass.deleted().forEach(name -> texts.add("REMOVED " + name + " []"));
        return texts;
    }

    static List<String> texts(PlanResult plan) {
        return plan.changes().stream()
                .filter(change -> change.action() != Change.Action.RESTARTED)
                .map(change -> change.action() + " " + change.component() + " " + change.paths())
                .toList();
    }
}
