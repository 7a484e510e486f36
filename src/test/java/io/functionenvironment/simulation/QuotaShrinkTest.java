package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The ResourceQuota of a virtual cluster shrinks, with and without room for what runs in it. */
class QuotaShrinkTest {
    private static final String HOST = DevEnvironment.HOST_NAMESPACE;
    private static final String QUOTA_RESOURCE = "quota";
    private static final Duration MAX = Duration.ofMinutes(5);

    private final DevEnvironment dev = new DevEnvironment().create("medium");
    private final Simulation simulation = dev.simulation;

    @Test
    void controlPlaneDoesNotRestartUnderAnExceededQuota() {
        var function = new ScriptedFunction();
        function.desired.put("vc", withPodQuota(9));
        function.start(60);
        use(function.simulation, HostQuota.ref("host", "vc"), "7");
        function.desired.put("vc", withPodQuota(6));
        function.trigger().advance(600);
        assertEquals(0, readyReplicas(function.simulation, "host", "vc"));
        use(function.simulation, HostQuota.ref("host", "vc"), "6");
        function.advance(60);
        assertEquals(1, readyReplicas(function.simulation, "host", "vc"));
    }

    @Test
    void quotaWithRoomFollowsTheSize() {
        assertTrue(simulation.runUntil(dev::ready, MAX));
        resize("small");
        assertTrue(simulation.runUntil(() -> podLimit().equals("23"), Duration.ofMinutes(1)), dev::conditions);
        assertTrue(simulation.runUntil(() -> dev.ready() && !observesQuota(), MAX), dev::conditions);
    }

    @Test
    void quotaWithoutRoomShrinksOnceThereIsSomeAndTheClusterStaysReady() {
        assertTrue(simulation.runUntil(dev::ready, MAX));
        use(simulation, HostQuota.ref(HOST, "dev"), "24");
        resize("small");
        simulation.advance(Duration.ofHours(1));
        assertEquals("43", podLimit());
        assertEquals(1, readyReplicas(simulation, HOST, "dev"));
        assertTrue(dev.ready(), dev::conditions);
        assertTrue(
                dev.conditions().contains("has no room for what runs (24 pods used, 23 allowed); remove apps"),
                dev::conditions);
        use(simulation, HostQuota.ref(HOST, "dev"), "20");
        assertTrue(simulation.runUntil(() -> podLimit().equals("23"), Duration.ofMinutes(2)), dev::conditions);
        assertTrue(simulation.runUntil(() -> dev.ready() && !observesQuota(), MAX), dev::conditions);
        assertFalse(dev.conditions().contains("count/pods"), dev::conditions);
    }

    private static Json.Obj withPodQuota(int pods) {
        return Resources.with(
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

    private static int readyReplicas(Simulation simulation, String namespace, String name) {
        return simulation
                .get(new Ref("apps/v1", "StatefulSet", namespace, name))
                .flatMap(set -> set.number("status", "readyReplicas"))
                .orElse(-1.0)
                .intValue();
    }

    private void resize(String size) {
        dev.set(new Json.Text(size), "spec", "size");
    }

    private String podLimit() {
        return simulation
                .get(HostQuota.ref(HOST, "dev"))
                .flatMap(quota -> quota.text("spec", "hard", "count/pods"))
                .orElse("");
    }

    private boolean observesQuota() {
        return dev.composed(QUOTA_RESOURCE).isPresent();
    }
}
