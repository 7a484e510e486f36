package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An app is removed, and its Environment stays. */
class AppRemovalTest {
    private static final InjectedFault CLUSTER_DOWN = new InjectedFault.ClusterDown("dev");

    private final DevEnvironment dev = new DevEnvironment().createReady();
    private final Simulation simulation = dev.simulation;

    @Test
    void appWhoseClusterDiesDuringTheUninstallIsOrphaned() {
        dev.removeAppUntilItsReleaseIsDeleting();
        simulation.inject(CLUSTER_DOWN);
        simulation.advance(Duration.ofMinutes(1));
        assertTrue(dev.app().isPresent());
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(Optional.empty(), dev.app());
        simulation.clear(CLUSTER_DOWN);
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(List.of(), simulation.host().list("Usage"));
        assertTrue(dev.ready());
    }

    @Test
    void appThatIsAddedAgainIsInstalledAlthoughThePreviousReleaseWasStuck() {
        dev.removeAppUntilItsReleaseIsDeleting();
        simulation.inject(CLUSTER_DOWN);
        dev.addApp();
        simulation.advance(Duration.ofMinutes(4));
        assertFalse(dev.appIsDeleting());
        simulation.clear(CLUSTER_DOWN);
        simulation.advance(Duration.ofMinutes(3));
        assertTrue(dev.ready());
    }

    @Test
    void oldDeletionAttemptDoesNotDeleteTheEnvironment() {
        dev.set(
                new Json.Text("Background"),
                "metadata",
                "annotations",
                "usage.crossplane.io/deletion-attempt-with-policy");
        assertEquals(1, dev.deploymentsInTheCluster());
        dev.removeApp();
        simulation.advance(Duration.ofMinutes(2));
        assertEquals(Optional.empty(), dev.app());
        assertEquals(0, dev.deploymentsInTheCluster());
        assertTrue(dev.exists());
    }

    @Test
    void recreatedHostNamespaceKeepsTheAnnotationsOfItsProvider() {
        simulation.delete(Ref.namespace(DevEnvironment.HOST_NAMESPACE));
        simulation.advance(Duration.ofMinutes(40));
        var version = simulation.host().version();
        simulation.advance(Duration.ofHours(1));
        assertEquals(version, simulation.host().version());
        var created = dev.composed("namespace")
                .flatMap(object -> object.text("metadata", "annotations", "crossplane.io/external-create-succeeded"))
                .orElse("");
        assertTrue(created.compareTo("2026") > 0, created);
    }
}
