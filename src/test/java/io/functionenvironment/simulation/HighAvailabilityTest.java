package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster with several control planes along its life, and what sizes with another store do to it. */
class HighAvailabilityTest {
    private static DevEnvironment created(String size) {
        var dev = new DevEnvironment();
        var vcluster = obj(
                "cpu", "2",
                "memory", "4Gi",
                "pods", 20,
                "volumes", "20Gi",
                "storage", "5Gi",
                "controlPlane", obj("cpu", "1", "memory", "1Gi"),
                "highAvailability", true);
        dev.simulation.settings(Optional.of(obj("sizes", obj("high", obj("vcluster", vcluster)))));
        dev.create(size);
        assertTrue(dev.simulation.runUntil(dev::ready, Duration.ofMinutes(5)), dev::conditions);
        return dev;
    }

    private static List<String> controlPlanes(DevEnvironment dev) {
        return new ControlPlanes(dev.simulation.host())
                .all()
                .map(workload -> workload.text("kind").orElse(""))
                .toList();
    }

    @Test
    void itRunsAndNothingIsLeftOfIt() {
        var dev = created("high");
        assertEquals(List.of("Deployment"), controlPlanes(dev));
        assertEquals(1, dev.deploymentsInTheCluster());
        isDeleted(dev);
    }

    @Test
    void aSizeWithAnotherStoreLosesNothing() {
        for (var sizes : List.of(List.of("high", "small"), List.of("medium", "high"))) {
            var dev = created(sizes.getFirst());
            var before = controlPlanes(dev);
            dev.set(new Json.Text(sizes.getLast()), "spec", "size");
            dev.simulation.advance(Duration.ofMinutes(20));
            assertEquals(before, controlPlanes(dev));
            assertEquals(1, dev.deploymentsInTheCluster());
            assertTrue(dev.conditions().contains("the store of this cluster cannot change"), dev::conditions);
            isDeleted(dev);
        }
    }

    private static void isDeleted(DevEnvironment dev) {
        dev.delete();
        dev.simulation.advance(Duration.ofMinutes(5));
        dev.simulation.settings(Optional.empty());
        dev.assertNothingIsLeftAfter(Duration.ZERO);
    }
}
