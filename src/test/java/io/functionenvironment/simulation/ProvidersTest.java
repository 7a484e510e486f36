package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a function meets in provider-helm, provider-kubernetes and vcluster. */
class ProvidersTest {
    private final Fixture fixture = new Fixture();
    private final Simulation simulation = fixture.simulation;

    private static Json.Obj with(Json.Obj body, Object value, String... path) {
        return JsonEdit.set(body, JsonLiteral.json(value), path);
    }

    @Test
    void theConnectionSecretIsThereBeforeItHasAnyKey() {
        fixture.desired.put("vc", Fixture.vcluster());
        fixture.start(10);
        assertEquals(
                Json.Obj.EMPTY,
                simulation.get(Ref.secret("team-a", "copy")).orElseThrow().object("data"));
        assertEquals(
                "observe failed: cannot get connection details: cannot get object: secrets \"vc-incluster\" not found",
                fixture.synced("vc"));
        fixture.after(60);
        assertTrue(simulation
                .get(Ref.secret("team-a", "copy"))
                .orElseThrow()
                .at("data", "kubeconfig")
                .isPresent());
        assertTrue(fixture.ready("vc"));
    }

    @Test
    void aChangedTokenCutsTheBackoffShort() {
        fixture.desired.put("vc", Fixture.vcluster());
        fixture.start(21);
        assertFalse(fixture.ready("vc"));
        var token = new String[] {"metadata", "annotations", "crossplane.io/reconcile-requested-at"};
        fixture.desired.put("vc", with(Fixture.vcluster(), "now", token));
        fixture.touch();
        assertTrue(fixture.ready("vc"));
        assertEquals(Optional.of("now"), fixture.composed("vc").text("status", "lastHandledReconcileAt"));
    }

    @Test
    void theProviderWaitsUpToAMinuteWhenNobodyAsks() {
        fixture.desired.put("vc", Fixture.vcluster());
        fixture.start(21);
        assertTrue(simulation.runUntil(() -> fixture.ready("vc"), Duration.ofSeconds(60)));
        assertTrue(simulation.now().isAfter(SimulationOptions.DEFAULT.start().plusSeconds(25)));
    }

    @Test
    void withoutANamespaceAReleaseWaitsForOneIfItMustNotMakeIt() {
        fixture.desired.put(
                "app", with(Fixture.release("app", "room"), true, "spec", "forProvider", "skipCreateNamespace"));
        fixture.start(5);
        assertTrue(fixture.synced("app").endsWith("namespaces \"room\" not found"), fixture.synced("app"));
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.touch().after(20);
        assertTrue(fixture.ready("app"));
    }

    @Test
    void afterAnUpgradeNobodyLooksBeforeTheNextPoll() {
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(10);
        assertTrue(fixture.ready("app"));
        var upgraded = with(Fixture.release("app", "room"), "2.0.0", "spec", "forProvider", "chart", "version");
        fixture.desired.put("app", upgraded);
        fixture.touch().after(60);
        assertFalse(fixture.ready("app"));
        fixture.desired.put("app", with(upgraded, "10s", "metadata", "annotations", "crossplane.io/poll-interval"));
        fixture.touch();
        assertTrue(fixture.ready("app"));
    }

    @Test
    void aFailedInstallationStaysFailedUnlessItMayBeRolledBack() {
        simulation.inject(new InjectedFault.InstallFails("app", 2, "hook failed"));
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(120);
        assertEquals(Optional.of("failed"), fixture.composed("app").text("status", "atProvider", "state"));
        assertEquals("True", fixture.synced("app"));
        var patient = with(Fixture.release("app", "room"), 3, "spec", "rollbackLimit");
        fixture.desired.put("app", with(patient, "10s", "metadata", "annotations", "crossplane.io/poll-interval"));
        fixture.touch().after(60);
        assertTrue(fixture.ready("app"));
    }

    @Test
    void aChartThatCannotBePulledIsTriedAgain() {
        var fault = new InjectedFault.ChartMissing("app");
        simulation.inject(fault);
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(120);
        assertTrue(fixture.synced("app").startsWith("create failed: failed to pull chart: "), fixture.synced("app"));
        simulation.clear(fault);
        fixture.after(65);
        assertTrue(fixture.ready("app"));
    }

    @Test
    void aReleaseInAClusterSaysWhatItLacksToGetThere() {
        fixture.desired.put("app", Fixture.inside("app"));
        fixture.start(2);
        assertTrue(fixture.synced("app")
                .startsWith("connect failed: failed to resolve provider config: cannot get provider config: "));
        fixture.desired.put("config", Fixture.config());
        fixture.touch().after(10);
        assertTrue(fixture.synced("app").contains("cannot get credentials secret: Secret \"copy\" not found"));
        fixture.desired.put("vc", Fixture.vcluster());
        fixture.touch().after(10);
        assertTrue(fixture.synced("app").contains("currentContext not set in kubeconfig"), fixture.synced("app"));
        fixture.after(120);
        assertTrue(fixture.ready("app"));
        assertTrue(HelmRecord.get(simulation.vcluster("home", "vc").orElseThrow(), "app", "app")
                .isPresent());
        simulation.inject(new InjectedFault.ClusterDown("vc"));
        fixture.desired.put("app", with(Fixture.inside("app"), "2.0.0", "spec", "forProvider", "chart", "version"));
        fixture.touch().after(5);
        assertTrue(fixture.synced("app").contains("kubernetes cluster unreachable"), fixture.synced("app"));
        assertTrue(fixture.ready("app"), "such a failure does not touch Ready");
    }

    private void everything(String... policies) {
        fixture.desired.put("home", Fixture.namespace("home"));
        fixture.desired.put("vc", with(Fixture.vcluster(), List.of(policies), "spec", "managementPolicies"));
        fixture.desired.put("config", Fixture.config());
        fixture.desired.put("app", with(Fixture.inside("app"), List.of(policies), "spec", "managementPolicies"));
        fixture.start(120);
        assertTrue(fixture.ready("app"));
    }

    @Test
    void withoutTheRightToDeleteAllGoesWithTheNamespaceAndNeedsNobody() {
        everything("Observe", "Create", "Update");
        assertEquals(1, simulation.host().list("Pod").size());
        simulation.inject(new InjectedFault.ClusterDown("vc"));
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(20);
        assertEquals(
                List.of(Ref.namespace("team-a")),
                simulation.host().list(any -> true).stream().map(Ref::of).toList());
        assertEquals(Optional.empty(), simulation.vcluster("home", "vc"));
    }

    @Test
    void withTheRightToDeleteAReleaseIsStuckOnceItsClusterIsGone() {
        everything("*");
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(600);
        assertTrue(fixture.find("app").isPresent());
        simulation.edit(
                Ref.of(fixture.composed("app")),
                object -> with(object, List.of("Observe", "Create", "Update"), "spec", "managementPolicies"));
        fixture.after(10);
        assertEquals(
                List.of(Ref.namespace("team-a")),
                simulation.host().list(any -> true).stream().map(Ref::of).toList());
    }

    @Test
    void whatIsInAVirtualClusterDiesWithItsVolume() {
        everything("Observe", "Create", "Update");
        simulation.delete(Ref.namespace("home"));
        fixture.after(10);
        assertEquals(Optional.empty(), simulation.vcluster("home", "vc"));
        assertFalse(simulation.host().list("Pod").stream()
                .anyMatch(pod -> Ref.of(pod).namespace().equals("home")));
    }

    @Test
    void anObjectThatIsOnlyObservedIsNeverMade() {
        var manifest =
                obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "map", "namespace", "team-a"));
        fixture.desired.put("map", Fixture.object(manifest, "Observe"));
        fixture.start(60);
        assertEquals("observe failed: external resource does not exist", fixture.synced("map"));
        assertEquals(List.of(), simulation.host().list("ConfigMap"));
    }

    @Test
    void anObjectIsReadyWhenItsExpressionHolds() {
        var manifest =
                obj("apiVersion", "apps/v1", "kind", "StatefulSet", "metadata", obj("name", "vc", "namespace", "home"));
        fixture.desired.put("vc", Fixture.vcluster());
        fixture.desired.put(
                "health",
                with(
                        Fixture.object(manifest, "Observe"),
                        obj("policy", "DeriveFromCelQuery", "celQuery", "object.status.readyReplicas > 0"),
                        "spec",
                        "readiness"));
        fixture.start(10);
        assertFalse(fixture.ready("health"));
        fixture.after(50);
        assertTrue(fixture.ready("health"));
    }

    @Test
    void aProviderThatIsStoppedDoesNothingAndCatchesUp() {
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(60);
        assertEquals(Map.of(), fixture.composed("app").object("status").fields());
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        fixture.after(5);
        assertTrue(fixture.ready("app"));
    }

    @Test
    void providersAndDefaultsAddToWhatWasSent() {
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.desired.put("room", Fixture.namespace("other"));
        fixture.start(10);
        var made = fixture.composed("app").object("spec", "forProvider");
        assertEquals(Optional.of(""), made.text("chart", "pullSecretRef", "name"));
        assertEquals(Optional.of(20.0), made.number("maxHistory"));
        assertEquals(Optional.of("SuccessfulCreate"), fixture.composed("room").text("spec", "readiness", "policy"));
    }

    @Test
    void aDroppedReleaseIsUninstalledALookAfterItsDependentsAreGone() {
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(30);
        fixture.desired.clear();
        fixture.touch();
        assertTrue(HelmRecord.get(simulation.host(), "room", "app").isPresent());
        fixture.after(5);
        assertFalse(HelmRecord.get(simulation.host(), "room", "app").isPresent());
        assertEquals(Optional.empty(), fixture.find("app"));
    }

    @Test
    void whatMayOnlyBeRemovedIsLeftAsItIsUntilThen() {
        fixture.desired.put("app", Fixture.release("app", "room"));
        fixture.start(30);
        var remove = with(Fixture.release("app", "room"), List.of("Observe", "Delete"), "spec", "managementPolicies");
        fixture.desired.put("app", with(remove, "2.0.0", "spec", "forProvider", "chart", "version"));
        fixture.touch().after(30);
        assertEquals("True", fixture.synced("app"));
        assertEquals(
                1,
                HelmRecord.get(simulation.host(), "room", "app").orElseThrow().revision());
        fixture.desired.clear();
        fixture.touch().after(10);
        assertFalse(HelmRecord.get(simulation.host(), "room", "app").isPresent());
    }

    @Test
    void rightsThatProvidersDoNotKnowAreRefused() {
        fixture.desired.put("room", Fixture.namespace("room", "Observe", "LateInitialize"));
        fixture.start(5);
        assertTrue(fixture.synced("room").contains("which is not supported"), fixture.synced("room"));
    }

    @Test
    void whoWatchesIsToldAtOnce() {
        var watching = new Fixture(SimulationOptions.DEFAULT.withWatches(true));
        for (var each : List.of(fixture, watching)) {
            var manifest =
                    obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "map", "namespace", "team-a"));
            each.desired.put("map", with(Fixture.object(manifest, "Observe"), true, "spec", "watch"));
            each.start(100);
            each.simulation.host().create(manifest);
            each.after(1);
        }
        assertFalse(fixture.ready("map"));
        assertTrue(watching.ready("map"));
    }

    @Test
    void whatWasMadeLatelyIsNotBelievedToBeGone() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(5);
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(20);
        assertEquals(Optional.empty(), simulation.get(Ref.namespace("room")));
        assertTrue(fixture.find("room").isPresent());
        fixture.after(40);
        assertEquals(Optional.empty(), fixture.find("room"));
    }

    @Test
    void whatWasMadeLongAgoByItsOwnNoteIsGoneAtOnce() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(5);
        var past = obj(
                "crossplane.io/external-create-pending", "2025-01-01T00:00:00Z",
                "crossplane.io/external-create-succeeded", "2025-01-01T00:00:00Z");
        fixture.desired.put("room", with(Fixture.namespace("room"), past, "metadata", "annotations"));
        fixture.touch();
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(5);
        assertEquals(Optional.empty(), fixture.find("room"));
    }

    @Test
    void aNamespaceInWhichPodsRanTakesItsTime() {
        everything("Observe", "Create", "Update");
        simulation.delete(Ref.namespace("home"));
        fixture.after(10);
        assertTrue(simulation.get(Ref.namespace("home")).isPresent());
        fixture.after(3);
        assertEquals(
                List.of(),
                simulation.host().list("StatefulSet").stream().map(Ref::of).toList());
    }
}
