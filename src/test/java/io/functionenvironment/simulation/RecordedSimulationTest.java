package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The simulation shows the function the same states of each resource, in the same order, as a real cluster showed it. Known
 * differences:
 *
 * <ul>
 *   <li>The order between resources depends on the machine, so each resource is compared for itself.
 *   <li>A request with the same response as the previous one was not recorded, so states may be missing in between: the
 *       recorded ones have to occur in the simulation in their order. The last states are equal.
 *   <li>A real kubeconfig exists some seconds before the API server is ready, a simulated one from then on: the first attempt
 *       of an app, and the first observation of the health Object, do not fail here.
 *   <li>A real provider publishes connection details a moment before it writes the conditions, a simulated one at once.
 *   <li>A real Object has a moment at which only Synced is known; the simulation writes both conditions at once.
 * </ul>
 */
class RecordedSimulationTest {
    private static final Path CREATED = Path.of("src/test/resources/recorded/1-created");
    private static final Set<String> ONLY_RECORDED = Set.of(
            "app-podinfo Synced=False ReconcileError",
            "cluster Ready=False Creating Synced=False ReconcileError connected",
            "health Synced=True ReconcileSuccess",
            "health Ready=False Unavailable Synced=True ReconcileSuccess");

    @Test
    void creationIsLikeTheRecordedOne() throws IOException {
        assumeTrue(Files.isDirectory(CREATED), "there is no recording of a real cluster");
        var recorded = new LinkedHashMap<String, List<String>>();
        var composite = Json.Obj.EMPTY;
        try (var files = Files.list(CREATED)) {
            for (var file : files.sorted().toList()) {
                var observed = Yaml.documents(Files.readString(file)).getFirst().object("request", "observed");
                composite = observed.object("composite", "resource");
                observed.object("resources")
                        .fields()
                        .forEach((name, resource) -> addState(
                                recorded,
                                name,
                                resource.object("resource"),
                                !resource.object("connectionDetails").isEmpty()));
            }
        }
        var simulated = simulated(composite);
        assertEquals(recorded.keySet(), simulated.keySet());
        recorded.forEach((name, states) -> {
            states.removeIf(state -> ONLY_RECORDED.contains(name + state));
            var all = simulated.getOrDefault(name, List.of());
            assertEquals(states.getLast(), all.getLast(), name);
            assertEquals(states, inOrder(states, all), () -> name + " in " + all);
        });
    }

    private static Map<String, List<String>> simulated(Json.Obj composite) {
        var simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT);
        var ref = Ref.of(composite);
        simulation.apply(JsonLiteral.obj(
                "apiVersion", ref.apiVersion(),
                "kind", ref.kind(),
                "metadata", JsonLiteral.obj("name", ref.name(), "namespace", ref.namespace()),
                "spec", JsonEdit.remove(composite.object("spec"), "crossplane")));
        simulation.advance(Duration.ofMinutes(2));
        var states = new LinkedHashMap<String, List<String>>();
        simulation
                .history()
                .forEach(reconciliation -> reconciliation
                        .request()
                        .observed()
                        .forEach((name, resource) -> addState(
                                states,
                                name,
                                resource.body(),
                                !resource.connectionDetails().isEmpty())));
        return states;
    }

    /** Adds the conditions, whether there are connection details, and whether the policies allow a deletion. */
    private static void addState(
            Map<String, List<String>> all, String name, Json.Obj body, boolean hasConnectionDetails) {
        var conditions = new StringBuilder();
        for (var type : List.of("Ready", "Synced")) {
            Conditions.get(body, type)
                    .ifPresent(condition -> conditions
                            .append(' ')
                            .append(type)
                            .append('=')
                            .append(condition.text("status").orElse(""))
                            .append(' ')
                            .append(condition.text("reason").orElse("")));
        }
        var mayDelete = body.items("spec", "managementPolicies").contains(new Json.Text("Delete"));
        var state = conditions + (hasConnectionDetails ? " connected" : "") + (mayDelete ? " may delete" : "");
        var states = all.computeIfAbsent(name, key -> new ArrayList<>());
        if (states.isEmpty() || !states.getLast().equals(state)) {
            states.add(state);
        }
    }

    /** Those of the first list that occur in the second, in this order. */
    private static List<String> inOrder(List<String> some, List<String> all) {
        var found = new ArrayList<String>();
        var position = 0;
        for (var state : some) {
            var next = all.subList(position, all.size()).indexOf(state);
            if (next >= 0) {
                found.add(state);
                position += next + 1;
            }
        }
        return found;
    }
}
