package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** crossplane-runtime's managed reconciler, by way of Objects: management policies, backoff, finalizers. */
class ManagedResourceControllerTest {
    private static final Ref MAP = Ref.of(Resources.configMap());

    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    private void compose(String... policies) {
        function.desired.put("map", Resources.object(Resources.configMap(), policies));
    }

    private Optional<Json.Obj> map() {
        return simulation.get(MAP);
    }

    private void changeManifest(String... policies) {
        var manifest = Resources.with(Resources.configMap(), "new", "data", "key");
        function.desired.put("map", Resources.object(manifest, policies));
        function.trigger().advance(5);
    }

    private void drop() {
        function.desired.clear();
        function.trigger().advance(60);
        assertEquals(Optional.empty(), function.find("map"));
    }

    @Test
    void observeOnlyOfAnAbsentResourceFailsWithBackoff() {
        compose("Observe");
        function.start(60);
        assertEquals("observe failed: external resource does not exist", function.synced("map"));
        assertEquals(Optional.empty(), Conditions.get(function.composed("map"), "Ready"));
        assertEquals(Optional.empty(), map());
        simulation.create(Resources.configMap());
        function.advance(2);
        assertFalse(function.ready("map"), "the backoff has grown");
        function.advance(60);
        assertTrue(function.ready("map"));
    }

    @Test
    void specChangeCutsTheBackoffShort() {
        compose("Observe");
        function.start(62);
        simulation.create(Resources.configMap());
        changeManifest("Observe");
        assertTrue(function.ready("map"));
    }

    @Test
    void observeOnlyReportsAnExistingResourceAndChangesNothing() {
        simulation.create(Manifests.namespace("team-a"));
        simulation.create(Resources.with(Resources.configMap(), "old", "data", "key"));
        compose("Observe");
        function.start(5);
        assertTrue(function.ready("map"));
        assertEquals(map(), Optional.of(function.composed("map").object("status", "atProvider", "manifest")));
        changeManifest("Observe");
        assertEquals(Optional.of("old"), map().orElseThrow().text("data", "key"));
        assertTrue(function.ready("map"), "without Create and Update nothing is out of date");
        drop();
        assertTrue(map().isPresent());
    }

    @Test
    void observeAndCreateNeitherUpdatesNorDeletes() {
        compose("Observe", "Create");
        function.start(5);
        assertTrue(function.ready("map"));
        changeManifest("Observe", "Create");
        assertEquals(Optional.empty(), map().orElseThrow().at("data"));
        assertEquals("True", function.synced("map"));
        drop();
        assertTrue(map().isPresent());
    }

    @Test
    void observeCreateAndDeleteDeletesButDoesNotUpdate() {
        compose("Observe", "Create", "Delete");
        function.start(5);
        changeManifest("Observe", "Create", "Delete");
        assertEquals(Optional.empty(), map().orElseThrow().at("data"));
        drop();
        assertEquals(Optional.empty(), map());
    }

    @Test
    void allPoliciesUpdateAndDelete() {
        compose("*");
        function.start(5);
        changeManifest("*");
        assertEquals(Optional.of("new"), map().orElseThrow().text("data", "key"));
        drop();
        assertEquals(Optional.empty(), map());
    }

    @Test
    void observeAndDeleteOfAnAbsentResourceSucceeds() {
        compose("Observe", "Delete");
        function.start(5);
        assertEquals("True", function.synced("map"));
        assertEquals(Optional.empty(), map());
        assertFalse(function.ready("map"));
    }

    @Test
    void unsupportedPoliciesAreReportedAndNotRetried() {
        compose("Create", "Delete");
        function.start(5);
        assertEquals(
                "`spec.managementPolicies` is set to a value([Create Delete]) which is not supported. Check docs for"
                        + " supported policies",
                function.synced("map"));
        simulation.delete(Ref.of(function.composed("map")));
        function.advance(60);
        assertEquals(Optional.empty(), map());
    }

    @Test
    void emptyPoliciesAndTheAnnotationPause() {
        function.desired.put(
                "map",
                Resources.with(Resources.object(Resources.configMap()), List.of(), "spec", "managementPolicies"));
        function.desired.put(
                "other",
                Resources.with(
                        Resources.namespace("other"), "true", "metadata", "annotations", "crossplane.io/paused"));
        function.start(60);
        assertEquals("False", function.synced("map"));
        assertEquals(Optional.empty(), map());
        assertEquals(Optional.empty(), simulation.get(Ref.namespace("other")));
        compose();
        function.trigger();
        assertTrue(map().isPresent());
    }

    @Test
    void stoppedProviderDoesNothingAndCatchesUp() {
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        compose();
        function.start(60);
        assertEquals(Json.Obj.EMPTY, function.composed("map").object("status"));
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        function.advance(5);
        assertTrue(function.ready("map"));
    }

    @Test
    void absenceIsNotTrustedForThirtySecondsAfterTheCreation() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(5);
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(20);
        assertEquals(Optional.empty(), simulation.get(Ref.namespace("space")));
        assertTrue(function.find("space").isPresent());
        function.advance(40);
        assertEquals(Optional.empty(), function.find("space"));
    }

    @Test
    void oldCreationAnnotationEndsTheGracePeriod() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(5);
        var past = obj(
                "crossplane.io/external-create-pending", "2025-01-01T00:00:00Z",
                "crossplane.io/external-create-succeeded", "2025-01-01T00:00:00Z");
        function.desired.put("space", Resources.with(Resources.namespace("space"), past, "metadata", "annotations"));
        function.trigger();
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(5);
        assertEquals(Optional.empty(), function.find("space"));
    }
}
