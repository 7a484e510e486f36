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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The simulation shows the function what a real cluster showed it. Compared is what each resource looked like, one look after
 * the other. What differs, and may:
 *
 * <ul>
 *   <li>Which resource is the next to move depends on the machine, so each is compared for itself.
 *   <li>Calls that were answered like the one before were not recorded, so looks may be missing between others: what was
 *       recorded has to be found in the simulation in that order, which may show more. No resource begins or ends otherwise.
 *   <li>A real kubeconfig is there some seconds before the cluster serves, a simulated one at that moment: an app's first
 *       look, which fails on a cluster that cannot be reached yet, and the first look at health do not fail here.
 *   <li>A real Object that is young has a look at which only Synced is known; the simulation writes both at once.
 * </ul>
 */
class RecordedSimulationTest {
    private static final Path CREATED = Path.of("src/test/resources/recorded/1-created");
    private static final Set<String> EARLY = Set.of(
            "app-podinfo Synced=False ReconcileError",
            "health Synced=True ReconcileSuccess",
            "health Ready=False Unavailable Synced=True ReconcileSuccess");

    @Test
    void aLifeBeginsAsItWasRecorded() throws IOException {
        assumeTrue(Files.isDirectory(CREATED), "nothing was recorded on a real cluster yet");
        var recorded = new LinkedHashMap<String, List<String>>();
        var composite = Json.Obj.EMPTY;
        try (var files = Files.list(CREATED)) {
            for (var file : files.sorted().toList()) {
                var observed = Yaml.documents(Files.readString(file)).getFirst().object("request", "observed");
                composite = observed.object("composite", "resource");
                observed.object("resources")
                        .fields()
                        .forEach((name, seen) -> look(
                                recorded,
                                name,
                                seen.object("resource"),
                                !seen.object("connectionDetails").isEmpty()));
            }
        }
        var simulated = simulated(composite);
        assertEquals(recorded.keySet(), simulated.keySet());
        recorded.forEach((name, looks) -> {
            looks.removeIf(look -> EARLY.contains(name + look));
            var all = simulated.getOrDefault(name, List.of());
            assertEquals(looks.getLast(), all.getLast(), name);
            assertEquals(looks, within(looks, all), () -> name + " in " + all);
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
        var looks = new LinkedHashMap<String, List<String>>();
        simulation
                .history()
                .forEach(pass -> pass.request()
                        .observed()
                        .forEach((name, seen) -> look(
                                looks,
                                name,
                                seen.body(),
                                !seen.connectionDetails().isEmpty())));
        return looks;
    }

    private static void look(Map<String, List<String>> all, String name, Json.Obj body, boolean connection) {
        var text = new StringBuilder();
        for (var type : List.of("Ready", "Synced")) {
            Conditions.get(body, type)
                    .ifPresent(said -> text.append(' ')
                            .append(type)
                            .append('=')
                            .append(said.text("status").orElse(""))
                            .append(' ')
                            .append(said.text("reason").orElse("")));
        }
        var look = text + (connection ? " connected" : "") + policies(body);
        var looks = all.computeIfAbsent(name, key -> new ArrayList<>());
        if (looks.isEmpty() || !looks.getLast().equals(look)) {
            looks.add(look);
        }
    }

    /** Nothing where it is the usual. */
    private static String policies(Json.Obj body) {
        return Optional.of(body.items("spec", "managementPolicies"))
                .filter(items -> items.contains(new Json.Text("Delete")))
                .map(items -> " may delete")
                .orElse("");
    }

    /** Those of the first that are found in the others, in this order. */
    private static List<String> within(List<String> some, List<String> all) {
        var found = new ArrayList<String>();
        var at = 0;
        for (var look : some) {
            var next = all.subList(at, all.size()).indexOf(look);
            if (next >= 0) {
                found.add(look);
                at += next + 1;
            }
        }
        return found;
    }
}
