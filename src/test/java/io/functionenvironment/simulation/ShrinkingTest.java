package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A virtual cluster whose quota becomes lower, with and without room for what runs in it. */
class ShrinkingTest {
    private static final String HOST = "env-team-a-dev-4bc172e5";
    private static final Duration MOST = Duration.ofMinutes(5);

    private final Simulation simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT);
    private final Ref environment = simulation.apply(obj(
            "apiVersion",
            "platform.internal/v1beta1",
            "kind",
            "Environment",
            "metadata",
            obj("name", "dev", "namespace", "team-a"),
            "spec",
            obj("size", "medium", "apps", arr(obj("name", "podinfo")))));

    @Test
    void aControlPlaneDoesNotStartAgainUnderAQuotaThatIsUsedUp() {
        var function = new ScriptedFunction();
        function.desired.put("vc", quota(9));
        function.start(60);
        use(function.simulation, HostQuota.ref("host", "vc"), "7");
        function.desired.put("vc", quota(6));
        function.trigger().advance(600);
        assertEquals(0, replicas(function.simulation, "host", "vc"));
        use(function.simulation, HostQuota.ref("host", "vc"), "6");
        function.advance(60);
        assertEquals(1, replicas(function.simulation, "host", "vc"));
    }

    @Test
    void withRoomTheQuotaFollowsTheSize() {
        assertTrue(simulation.runUntil(this::ready, MOST));
        size("small");
        assertTrue(simulation.runUntil(() -> hard().equals("23"), Duration.ofMinutes(1)), this::said);
        assertTrue(simulation.runUntil(() -> ready() && !watched(), MOST), this::said);
    }

    @Test
    void withoutRoomTheClusterServesOnAndShrinksWhenThereIsSome() {
        assertTrue(simulation.runUntil(this::ready, MOST));
        use(simulation, HostQuota.ref(HOST, "dev"), "24");
        size("small");
        simulation.advance(Duration.ofHours(1));
        assertEquals("43", hard());
        assertEquals(1, replicas(simulation, HOST, "dev"));
        assertTrue(ready(), this::said);
        assertTrue(said().contains("it takes 24 of 23 count/pods; remove apps"), this::said);
        use(simulation, HostQuota.ref(HOST, "dev"), "20");
        assertTrue(simulation.runUntil(() -> hard().equals("23"), Duration.ofMinutes(2)), this::said);
        assertTrue(simulation.runUntil(() -> ready() && !watched(), MOST), this::said);
        assertFalse(said().contains("count/pods"), this::said);
    }

    private static Json.Obj quota(int pods) {
        return JsonEdit.set(
                Resources.vcluster(),
                obj("enabled", true, "quota", obj("count/pods", pods)),
                "spec",
                "forProvider",
                "values",
                "policies",
                "resourceQuota");
    }

    private static void use(Simulation simulation, Ref quota, String pods) {
        simulation.edit(quota, object -> JsonEdit.set(object, pods, "status", "used", "count/pods"));
    }

    private static int replicas(Simulation simulation, String namespace, String name) {
        return simulation
                .get(new Ref("apps/v1", "StatefulSet", namespace, name))
                .flatMap(set -> set.number("status", "readyReplicas"))
                .orElse(-1.0)
                .intValue();
    }

    private void size(String size) {
        simulation.edit(environment, object -> JsonEdit.set(object, size, "spec", "size"));
    }

    private String hard() {
        return simulation
                .get(HostQuota.ref(HOST, "dev"))
                .flatMap(quota -> quota.text("spec", "hard", "count/pods"))
                .orElse("");
    }

    private boolean ready() {
        return Conditions.isTrue(simulation.get(environment).orElseThrow(), "Ready");
    }

    private boolean watched() {
        return simulation.host().list("Object").stream()
                .anyMatch(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .equals(Optional.of("quota")));
    }

    private String said() {
        return "" + simulation.get(environment).orElseThrow().at("status", "conditions");
    }
}
