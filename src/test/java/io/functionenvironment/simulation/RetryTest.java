package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release that failed too often is retried on request, and only then. */
class RetryTest {
    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    private Optional<Double> failed() {
        return dev.app().orElseThrow().number("status", "failed");
    }

    private void request(String text) {
        dev.set(arr(obj("name", "podinfo", "retryRequestedAt", text)), "spec", "apps");
    }

    @Test
    void failedInstallationIsRetriedOnRequest() {
        simulation.inject(new InjectedFault.InstallFails("podinfo", 5, "the registry does not respond"));
        dev.create();
        simulation.advance(Duration.ofMinutes(30));
        assertEquals(Optional.of(3.0), failed());
        assertFalse(dev.ready());
        request("first");
        assertTrue(simulation.runUntil(dev::ready, Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(1));
        assertEquals(Optional.of(3.0), dev.app().orElseThrow().number("spec", "rollbackLimit"));
        assertEquals(Optional.empty(), failed());
    }

    @Test
    void requestDoesNotUpgradeAReleaseThatWorks() {
        dev.createReady();
        request("first");
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(Optional.of(1.0), dev.app().orElseThrow().number("status", "atProvider", "revision"));
        assertTrue(dev.ready());
    }
}
