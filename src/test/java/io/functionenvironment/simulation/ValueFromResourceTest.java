package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An app has a value of another resource, while the simulated Crossplane looks it up as the real one does. */
class ValueFromResourceTest {
    private static final Ref DEFINITION =
            new Ref("apiextensions.crossplane.io/v2", "CompositeResourceDefinition", "", "databases.example.org");
    private static final Ref DATABASE = new Ref("example.org/v1", "Database", "team-a", "orders");
    private static final Duration MAX = Duration.ofMinutes(30);

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    @Test
    void anAppWaitsForItsValueFollowsItAndKeepsTheLastOne() {
        simulation.settings(Optional.of(obj("limits", obj("valueSources", arr("databases.example.org")))));
        dev.create(obj("size", "small", "apps", arr(app())));
        assertTrue(simulation.runUntil(() -> says("there is no CompositeResourceDefinition"), MAX), dev::conditions);
        assertEquals(Optional.empty(), dev.app());
        simulation.create(object(
                DEFINITION,
                obj(
                        "spec",
                        obj(
                                "names",
                                obj("kind", "Database"),
                                "scope",
                                "Namespaced",
                                "versions",
                                arr(obj("name", "v1", "served", true))),
                        "status",
                        obj(
                                "conditions",
                                arr(obj(
                                        "type",
                                        "Established",
                                        "status",
                                        "True",
                                        "reason",
                                        "WatchingCompositeResource"))))));
        assertTrue(simulation.runUntil(() -> says("which does not exist"), MAX), dev::conditions);
        simulation.create(object(DATABASE, obj("status", obj())));
        assertTrue(simulation.runUntil(() -> says("which has no value"), MAX), dev::conditions);
        host("one");
        assertTrue(simulation.runUntil(() -> dev.ready() && value().equals(Optional.of("one")), MAX), dev::conditions);
        host("two");
        assertTrue(simulation.runUntil(() -> dev.ready() && value().equals(Optional.of("two")), MAX), dev::conditions);
        simulation.advance(MAX);
        var before = dev.composedSpecs();
        for (var gone : List.of(DATABASE, DEFINITION)) {
            simulation.delete(gone);
            assertTrue(simulation.runUntil(() -> says("keeps the last value"), MAX), dev::conditions);
            simulation.advance(MAX);
            assertEquals(before, dev.composedSpecs());
            assertTrue(dev.ready(), dev::conditions);
        }
        var calls =
                simulation.history().stream().mapToInt(Reconciliation::calls).max();
        assertEquals(3, calls.orElse(0));
    }

    private static Json app() {
        return obj(
                "name",
                "podinfo",
                "valuesFrom",
                arr(obj(
                        "resource",
                        obj(
                                "apiVersion",
                                "example.org/v1",
                                "kind",
                                "Database",
                                "name",
                                "orders",
                                "fromFieldPath",
                                "status.host",
                                "toFieldPath",
                                "database.host"))));
    }

    private static Json.Obj object(Ref ref, Json.Obj content) {
        var metadata = ref.namespace().isEmpty()
                ? obj("name", ref.name())
                : obj("name", ref.name(), "namespace", ref.namespace());
        var fields = new java.util.LinkedHashMap<>(content.fields());
        fields.put("apiVersion", new Json.Text(ref.apiVersion()));
        fields.put("kind", new Json.Text(ref.kind()));
        fields.put("metadata", metadata);
        return new Json.Obj(fields);
    }

    private void host(String name) {
        simulation.edit(DATABASE, object -> JsonEdit.set(object, new Json.Text(name), "status", "host"));
    }

    private Optional<String> value() {
        return dev.app().flatMap(app -> app.text("spec", "forProvider", "values", "database", "host"));
    }

    private boolean says(String words) {
        return simulation.get(DevEnvironment.REF).stream()
                .flatMap(found -> found.items("status", "apps").stream())
                .anyMatch(app -> app.text("message").orElse("").contains(words));
    }
}
