package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An invented cloud: a kind of cluster with a kubeconfig, and node pools. */
class GenericProviderTest {
    private static final ManagedKind CLUSTER = ManagedKind.of("cloud.example.test/v1", "CloudCluster")
            .withCreation(Duration.ofMinutes(8))
            .withCluster();
    private static final ManagedKind POOL = ManagedKind.of("cloud.example.test/v1", "NodePool");

    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    GenericProviderTest() {
        simulation.install(CLUSTER);
        simulation.install(POOL);
    }

    private static Json.Obj cluster(String... policies) {
        return Resources.with(
                Resources.managed(CLUSTER, "dev", policies),
                "kubeconfig",
                "spec",
                "writeConnectionSecretToRef",
                "name");
    }

    @Test
    void resourceIsReadyWhenItsCreationIsFinished() {
        function.desired.put("pool", Resources.managed(POOL, "dev-pool"));
        function.start(10);
        assertEquals("True", function.synced("pool"));
        assertEquals(Optional.of("CREATING"), function.composed("pool").text("status", "atProvider", "state"));
        assertFalse(function.ready("pool"));
        function.advance(5 * 60);
        assertTrue(function.ready("pool"));
        assertEquals(List.of("dev-pool"), simulation.externalNames(POOL));
    }

    @Test
    void clusterWritesItsKubeconfigWhenItIsReady() {
        function.desired.put("cluster", cluster());
        function.desired.put("config", Resources.helmConfig());
        function.desired.put("app", Resources.guestRelease("app"));
        function.start(5 * 60);
        assertTrue(function.synced("app").contains("currentContext not set in kubeconfig"), function.synced("app"));
        function.advance(5 * 60);
        assertTrue(function.ready("cluster") && function.ready("app"));
        assertEquals(
                1,
                simulation
                        .managedCluster("dev")
                        .orElseThrow()
                        .list("Deployment")
                        .size());
        assertTrue(function.trigger().lastReconciliation().request().observed().values().stream()
                .anyMatch(resource -> resource.connectionDetails().containsKey("kubeconfig")));
    }

    @Test
    void silentClusterFailsWhatIsInIt() {
        function.desired.put("cluster", cluster());
        function.desired.put("config", Resources.kubernetesConfig());
        function.desired.put("map", Resources.guestObject(Resources.manifest("v1", "ConfigMap", "default", "map")));
        function.start(11 * 60);
        assertTrue(function.ready("map"));
        simulation.inject(new InjectedFault.ClusterDown("dev"));
        function.desired.remove("map");
        function.trigger().advance(10);
        assertTrue(function.synced("map").startsWith("observe failed: cannot get object: "), function.synced("map"));
    }

    @Test
    void deletionTakesTimeAndIsFinished() {
        function.desired.put("pool", Resources.managed(POOL, "dev-pool"));
        function.start(6 * 60);
        function.desired.clear();
        function.trigger().advance(30);
        assertEquals(Optional.of("DELETING"), function.composed("pool").text("status", "atProvider", "state"));
        function.advance(60);
        assertEquals(Optional.empty(), function.find("pool"));
        assertEquals(List.of(), simulation.externalNames(POOL));
    }

    @Test
    void withoutDeleteTheExternalResourceIsOrphaned() {
        function.desired.put("pool", Resources.managed(POOL, "dev-pool", "Observe", "Create", "Update"));
        function.start(6 * 60);
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(120);
        assertEquals(Optional.empty(), function.find("pool"));
        assertEquals(List.of("dev-pool"), simulation.externalNames(POOL));
    }

    @Test
    void fieldThatIsNoLongerDesiredComesBackUnlessThePoliciesExcludeLateInitialization() {
        var scaling = Resources.with(Resources.managed(POOL, "dev-pool"), 3, "spec", "forProvider", "autoscaling");
        function.desired.put("pool", scaling);
        function.start(6 * 60);
        function.desired.put("pool", Resources.managed(POOL, "dev-pool"));
        function.trigger().advance(60);
        assertEquals(Optional.of(new Json.Num(3)), autoscaling());
        function.desired.put("pool", Resources.managed(POOL, "dev-pool", "Observe", "Create", "Update", "Delete"));
        function.trigger().advance(60);
        assertEquals(Optional.of(new Json.Num(3)), autoscaling(), "the provider owns what it has filled in");
    }

    @Test
    void fieldThatIsNoLongerDesiredGoesWithoutLateInitialization() {
        var pool = Resources.managed(POOL, "dev-pool", "Observe", "Create", "Update", "Delete");
        function.desired.put("pool", Resources.with(pool, 3, "spec", "forProvider", "autoscaling"));
        function.start(6 * 60);
        function.desired.put("pool", pool);
        function.trigger().advance(60);
        assertEquals(Optional.empty(), autoscaling());
        assertTrue(function.ready("pool"));
    }

    private Optional<Json> autoscaling() {
        return function.composed("pool").at("spec", "forProvider", "autoscaling");
    }

    @Test
    void faultFailsCreationAndDeletionUntilItIsCleared() {
        var fault = new InjectedFault.ExternalFails("NodePool", "dev-pool", "quota exceeded");
        simulation.inject(fault);
        function.desired.put("pool", Resources.managed(POOL, "dev-pool"));
        function.start(60);
        assertEquals("create failed: quota exceeded", function.synced("pool"));
        simulation.clear(fault);
        function.advance(7 * 60);
        assertTrue(function.ready("pool"));
        simulation.inject(fault);
        function.desired.clear();
        function.trigger().advance(60);
        assertEquals("delete failed: quota exceeded", function.synced("pool"));
    }

    @Test
    void observeOnlyOfAnAbsentResourceFails() {
        function.desired.put("pool", Resources.managed(POOL, "dev-pool", "Observe"));
        function.start(60);
        assertEquals("observe failed: external resource does not exist", function.synced("pool"));
        assertEquals(List.of(), simulation.externalNames(POOL));
    }
}
