package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a function meets in provider-helm. */
class HelmProviderTest {
    private static final String[] POLL_INTERVAL = {"metadata", "annotations", "crossplane.io/poll-interval"};

    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    private void compose(Json.Obj release) {
        function.desired.put("app", release);
    }

    private static Json.Obj app() {
        return Resources.release("app", "space");
    }

    private Optional<HelmRecord> record() {
        return HelmRecord.get(simulation.host(), "space", "app");
    }

    @Test
    void connectionSecretExistsBeforeItHasAnyKey() {
        function.desired.put("vc", Resources.vcluster());
        function.start(10);
        var secret = Ref.secret("team-a", "kubeconfig");
        assertEquals(Json.Obj.EMPTY, simulation.get(secret).orElseThrow().object("data"));
        assertEquals(
                "observe failed: cannot get connection details: cannot get object: secrets \"vc-incluster\" not found",
                function.synced("vc"));
        function.advance(60);
        assertTrue(simulation.get(secret).orElseThrow().at("data", "kubeconfig").isPresent());
        assertTrue(function.ready("vc"));
    }

    @Test
    void reconcileRequestCutsTheBackoffShort() {
        function.desired.put("vc", Resources.vcluster());
        function.start(21);
        assertFalse(function.ready("vc"));
        function.desired.put(
                "vc",
                Resources.with(
                        Resources.vcluster(),
                        "now",
                        "metadata",
                        "annotations",
                        "crossplane.io/reconcile-requested-at"));
        function.trigger();
        assertTrue(function.ready("vc"));
        assertEquals(Optional.of("now"), function.composed("vc").text("status", "lastHandledReconcileAt"));
    }

    @Test
    void backoffGrowsToAMinute() {
        function.desired.put("vc", Resources.vcluster());
        function.start(21);
        assertTrue(simulation.runUntil(() -> function.ready("vc"), Duration.ofSeconds(60)));
        assertTrue(simulation.now().isAfter(SimulationOptions.DEFAULT.start().plusSeconds(25)));
    }

    @Test
    void releaseThatMustNotCreateItsNamespaceWaitsForIt() {
        compose(Resources.with(app(), true, "spec", "forProvider", "skipCreateNamespace"));
        function.start(5);
        assertTrue(function.synced("app").endsWith("namespaces \"space\" not found"), function.synced("app"));
        function.desired.put("space", Resources.namespace("space"));
        function.trigger().advance(20);
        assertTrue(function.ready("app"));
    }

    @Test
    void upgradeIsReadyOnlyAtTheNextPoll() {
        compose(app());
        function.start(10);
        assertTrue(function.ready("app"));
        var upgraded = Resources.version(app(), "2.0.0");
        compose(upgraded);
        function.trigger().advance(60);
        assertFalse(function.ready("app"));
        compose(Resources.with(upgraded, "10s", POLL_INTERVAL));
        function.trigger();
        assertTrue(function.ready("app"));
    }

    @Test
    void failedInstallIsRetriedOnlyWithARollbackLimit() {
        simulation.inject(new InjectedFault.InstallFails("app", 2, "hook failed"));
        compose(app());
        function.start(120);
        assertEquals(Optional.of("failed"), function.composed("app").text("status", "atProvider", "state"));
        assertEquals("True", function.synced("app"));
        compose(Resources.with(Resources.with(app(), 3, "spec", "rollbackLimit"), "10s", POLL_INTERVAL));
        function.trigger().advance(60);
        assertTrue(function.ready("app"));
    }

    @Test
    void chartThatCannotBePulledIsRetried() {
        var fault = new InjectedFault.ChartMissing("app");
        simulation.inject(fault);
        compose(app());
        function.start(120);
        assertTrue(function.synced("app").startsWith("create failed: failed to pull chart: "), function.synced("app"));
        simulation.clear(fault);
        function.advance(65);
        assertTrue(function.ready("app"));
    }

    @Test
    void stoppedProviderDoesNothingAndCatchesUp() {
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        compose(app());
        function.start(60);
        assertEquals(Json.Obj.EMPTY, function.composed("app").object("status"));
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        function.advance(5);
        assertTrue(function.ready("app"));
    }

    @Test
    void providerAndSchemaAddFields() {
        compose(app());
        function.start(10);
        var parameters = function.composed("app").object("spec", "forProvider");
        assertEquals(Optional.of(""), parameters.text("chart", "pullSecretRef", "name"));
        assertEquals(Optional.of(20.0), parameters.number("maxHistory"));
    }

    @Test
    void droppedReleaseIsUninstalledOneReconcileAfterItsDependentsAreGone() {
        compose(app());
        function.start(30);
        function.desired.clear();
        function.trigger();
        assertTrue(record().isPresent());
        function.advance(5);
        assertEquals(Optional.empty(), record());
        assertEquals(Optional.empty(), function.find("app"));
    }

    @Test
    void observeAndDeleteLeavesTheReleaseAsItIsUntilItIsUninstalled() {
        compose(app());
        function.start(30);
        compose(Resources.version(Resources.withPolicies(app(), "Observe", "Delete"), "2.0.0"));
        function.trigger().advance(30);
        assertEquals("True", function.synced("app"));
        assertTrue(function.ready("app"), "without Update only the chart's name is compared");
        assertEquals(1, record().orElseThrow().revision());
        function.desired.clear();
        function.trigger().advance(10);
        assertEquals(Optional.empty(), record());
    }
}
