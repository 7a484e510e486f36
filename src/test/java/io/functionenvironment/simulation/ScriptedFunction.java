package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A function that returns what a test sets, and the simulated control plane that calls it for one composite. */
final class ScriptedFunction implements Pipeline {
    static final Ref COMPOSITE = new Ref("example.org/v1", "Thing", "team-a", "it");

    final Map<String, Json.Obj> desired = new TreeMap<>();
    List<PipelineResponse.Condition> conditions = List.of();
    Json.Obj status = Json.Obj.EMPTY;
    Optional<Duration> ttl = Optional.empty();
    Map<String, PipelineResponse.ResourceSelector> requirements = Map.of();
    Optional<String> fatal = Optional.empty();
    final Simulation simulation;

    ScriptedFunction() {
        this(SimulationOptions.DEFAULT);
    }

    ScriptedFunction(SimulationOptions options) {
        simulation = new Simulation(this, options);
    }

    @Override
    public PipelineResponse run(PipelineRequest request, Instant now) {
        var resources = new TreeMap<String, PipelineResponse.DesiredResource>();
        desired.forEach((name, body) -> resources.put(name, new PipelineResponse.DesiredResource(body, true)));
        return new PipelineResponse(
                resources, status, Optional.empty(), conditions, List.of(), ttl, requirements, fatal);
    }

    /** Creates the composite and advances some seconds. */
    ScriptedFunction start(int seconds) {
        simulation.apply(obj(
                "apiVersion", COMPOSITE.apiVersion(),
                "kind", COMPOSITE.kind(),
                "metadata", obj("name", COMPOSITE.name(), "namespace", COMPOSITE.namespace()),
                "spec", obj("revision", 0)));
        return advance(seconds);
    }

    ScriptedFunction advance(int seconds) {
        simulation.advance(Duration.ofSeconds(seconds));
        return this;
    }

    /** Changes the composite, so that the function is called, and advances a second. */
    ScriptedFunction trigger() {
        simulation.edit(
                COMPOSITE,
                object -> JsonEdit.set(object, object.number("spec", "revision").orElse(0.0) + 1, "spec", "revision"));
        return advance(1);
    }

    Json.Obj composed(String name) {
        return find(name).orElseThrow();
    }

    Optional<Json.Obj> find(String name) {
        return simulation
                .host()
                .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .filter(name::equals)
                        .isPresent())
                .stream()
                .findFirst();
    }

    /** The message of the Synced condition of a composed resource, or its status if there is none. */
    String synced(String name) {
        return Conditions.get(composed(name), "Synced")
                .flatMap(condition -> condition.text("message").or(() -> condition.text("status")))
                .orElse("");
    }

    boolean ready(String name) {
        return Conditions.isTrue(composed(name), "Ready");
    }

    Json.Obj composite() {
        return simulation.get(COMPOSITE).orElseThrow();
    }

    /** A text of a condition of the composite. */
    String condition(String type, String field) {
        return Conditions.get(composite(), type)
                .flatMap(condition -> condition.text(field))
                .orElse("");
    }

    Reconciliation lastReconciliation() {
        return simulation.history().getLast();
    }

    /** Everything in the host cluster. */
    List<Ref> hostObjects() {
        return simulation.host().list(any -> true).stream().map(Ref::of).toList();
    }
}
