package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a function meets in provider-kubernetes. */
class ObjectProviderTest {
    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    private static Json.Obj existingNamespace() {
        return Resources.with(
                Resources.with(Manifests.namespace("space"), obj("team", "a"), "metadata", "labels"),
                obj("note", "made by hand"),
                "metadata",
                "annotations");
    }

    private Json.Obj observedMetadata() {
        return function.composed("space").object("status", "atProvider", "manifest", "metadata");
    }

    @Test
    void metadataOfAnExistingNamespaceIsReported() {
        simulation.create(existingNamespace());
        function.desired.put("space", Resources.namespace("space", "Observe"));
        function.start(5);
        assertTrue(function.ready("space"));
        assertEquals(Optional.of("made by hand"), observedMetadata().text("annotations", "note"));
        assertEquals(Optional.of("a"), observedMetadata().text("labels", "team"));
        assertEquals(
                simulation.get(Ref.namespace("space")).orElseThrow().text("metadata", "uid"),
                observedMetadata().text("uid"));
        assertEquals(Optional.empty(), observedMetadata().text("deletionTimestamp"));
    }

    @Test
    void terminatingNamespaceIsReported() {
        simulation.create(JsonEdit.withFinalizer(existingNamespace(), "example.org/hold"));
        simulation.delete(Ref.namespace("space"));
        function.desired.put("space", Resources.namespace("space", "Observe"));
        function.start(5);
        assertTrue(observedMetadata().text("deletionTimestamp").isPresent());
    }

    @Test
    void existingNamespaceWithOtherOwnersIsNotReadyWithoutUpdate() {
        simulation.create(existingNamespace());
        function.desired.put("space", Resources.namespace("space", "Observe", "Create", "Delete"));
        function.start(120);
        assertEquals("True", function.synced("space"));
        assertFalse(function.ready("space"), "an object that the Object has not applied is never up to date");
    }

    @Test
    void existingNamespaceIsAppliedAndReadyAtTheNextPoll() {
        simulation.create(existingNamespace());
        function.desired.put("space", Resources.namespace("space"));
        function.start(5);
        assertEquals("True", function.synced("space"));
        assertFalse(function.ready("space"));
        function.advance(40);
        assertTrue(function.ready("space"));
        assertEquals(Optional.of("a"), observedMetadata().text("labels", "team"));
    }

    @Test
    void changeBySomeoneElseIsRevertedAtTheNextPoll() {
        function.desired.put("map", Resources.object(Resources.with(Resources.configMap(), "ours", "data", "key")));
        function.start(40);
        var map = Ref.of(Resources.configMap());
        simulation.edit(map, object -> JsonEdit.set(object, "theirs", "data", "key"));
        function.advance(12 * 60);
        assertEquals(Optional.of("ours"), simulation.get(map).orElseThrow().text("data", "key"));
    }

    @Test
    void manifestWithoutANamespaceThereIsRetried() {
        var manifest = Resources.manifest("v1", "ConfigMap", "absent", "map");
        function.desired.put("map", Resources.object(manifest));
        function.start(5);
        assertEquals(
                "create failed: cannot create object: cannot create object: namespaces \"absent\" not found",
                function.synced("map"));
        simulation.create(Manifests.namespace("absent"));
        function.advance(30);
        assertTrue(function.ready("map"));
    }

    @Test
    void readinessComesFromTheQuery() {
        var manifest = Resources.manifest("apps/v1", "StatefulSet", "host", "vc");
        function.desired.put("vc", Resources.vcluster());
        function.desired.put(
                "health",
                Resources.with(
                        Resources.object(manifest, "Observe"),
                        obj("policy", "DeriveFromCelQuery", "celQuery", "object.status.readyReplicas > 0"),
                        "spec",
                        "readiness"));
        function.start(10);
        assertFalse(function.ready("health"));
        function.advance(50);
        assertTrue(function.ready("health"));
    }

    @Test
    void readinessComesFromTheConditionsOfTheManifest() {
        for (var policy : List.of("DeriveFromObject", "AllTrue")) {
            function.desired.put(
                    policy,
                    Resources.with(
                            Resources.object(Resources.configMap(), "Observe"), policy, "spec", "readiness", "policy"));
        }
        function.start(1);
        simulation.create(Resources.configMap());
        function.advance(60);
        assertFalse(function.ready("DeriveFromObject") || function.ready("AllTrue"));
        simulation.edit(
                Ref.of(Resources.configMap()),
                object -> JsonEdit.set(object, arr(obj("type", "Ready", "status", "True")), "status", "conditions"));
        function.advance(60);
        assertTrue(function.ready("DeriveFromObject") && function.ready("AllTrue"));
    }

    @Test
    void watchTriggersAReconcile() {
        var watching = new ScriptedFunction(SimulationOptions.DEFAULT.withWatches(true));
        for (var each : List.of(function, watching)) {
            each.desired.put(
                    "map", Resources.with(Resources.object(Resources.configMap(), "Observe"), true, "spec", "watch"));
            each.start(100);
            each.simulation.create(Resources.configMap());
            each.advance(1);
        }
        assertFalse(function.ready("map"));
        assertTrue(watching.ready("map"));
    }

    @Test
    void schemaDefaultsAreAdded() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(1);
        assertEquals(Optional.of("SuccessfulCreate"), function.composed("space").text("spec", "readiness", "policy"));
    }
}
