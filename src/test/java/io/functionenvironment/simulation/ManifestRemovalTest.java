package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A custom resource is a manifest, and its operator the app podinfo. */
class ManifestRemovalTest {
    private static final String API = "shops.example.org/v1";
    private static final Json.Obj MANIFEST =
            obj("apiVersion", API, "kind", "Shop", "metadata", obj("name", "corner", "namespace", "default"));

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    @BeforeEach
    void create() {
        simulation.defineKind("podinfo", API, "Shop");
        dev.create();
        dev.set(arr(obj("name", "corner", "manifest", MANIFEST, "dependsOn", arr("podinfo"))), "spec", "manifests");
        assertTrue(
                simulation.runUntil(() -> dev.ready() && inTheCluster().isPresent(), Duration.ofMinutes(5)),
                dev::conditions);
        simulation.advance(Duration.ofMinutes(2));
    }

    @Test
    void bothAreRemovedInOrder() {
        dev.set(arr(), "spec", "manifests");
        dev.removeApp();
        assertTrue(simulation.runUntil(() -> inTheCluster().isEmpty(), Duration.ofMinutes(2)));
        assertEquals(1, dev.deploymentsInTheCluster());
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(0, dev.deploymentsInTheCluster());
        assertNothingIsLeft();
    }

    @Test
    void aManifestWhoseOperatorWasRemovedBeforeGoesInBoundedTime() {
        dev.set(arr(obj("name", "corner", "manifest", MANIFEST)), "spec", "manifests");
        dev.removeApp();
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(0, dev.deploymentsInTheCluster());
        dev.set(arr(), "spec", "manifests");
        simulation.advance(Duration.ofMinutes(6));
        assertNothingIsLeft();
    }

    @Test
    void aManifestWhoseOperatorGoesWhileItIsDeletedGoesInBoundedTime() {
        dev.set(arr(obj("name", "corner", "manifest", MANIFEST)), "spec", "manifests");
        simulation.advance(Duration.ofMinutes(1));
        dev.set(arr(), "spec", "manifests");
        dev.removeApp();
        simulation.advance(Duration.ofMinutes(8));
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftWhenTheEnvironmentIsDeleted() {
        dev.delete();
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(2));
    }

    private Optional<Json.Obj> inTheCluster() {
        return simulation
                .vcluster(DevEnvironment.HOST_NAMESPACE, "dev")
                .flatMap(cluster -> cluster.get(Ref.of(MANIFEST)));
    }

    private void assertNothingIsLeft() {
        assertEquals(List.of(), simulation.host().list("Usage"));
        assertEquals(Optional.empty(), dev.composed("provider-config-kubernetes"));
        assertEquals(
                List.of(),
                simulation
                        .host()
                        .list(object -> object.text("spec", "forProvider", "manifest", "kind")
                                .equals(Optional.of("Shop"))));
        assertTrue(dev.ready(), dev::conditions);
    }
}
