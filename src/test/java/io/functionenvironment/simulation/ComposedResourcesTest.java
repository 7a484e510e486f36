package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How Crossplane names, applies, observes and garbage-collects composed resources. */
class ComposedResourcesTest {
    private static final String[] ANNOTATION = {"metadata", "annotations", "example.org/note"};

    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    @Test
    void nameIsDerivedFromTheCompositeAndTheKeyAndStaysTheSame() {
        function.desired.put("space", Resources.namespace("space"));
        var name = Ref.of(function.start(1).composed("space")).name();
        assertTrue(name.matches("it-[0-9a-f]{12}"), name);
        simulation.delete(Ref.of(function.composed("space")));
        function.advance(10);
        assertEquals(name, Ref.of(function.composed("space")).name());
    }

    @Test
    void compositeIsTheController() {
        function.desired.put("space", Resources.namespace("space"));
        var metadata = function.start(1).composed("space").object("metadata");
        assertEquals(Optional.of("it"), metadata.text("labels", "crossplane.io/composite"));
        assertEquals(Optional.of("team-a"), metadata.text("namespace"));
        var owner = metadata.items("ownerReferences").getFirst();
        assertTrue(owner.isTrue("controller") && owner.isTrue("blockOwnerDeletion"));
        assertEquals(function.composite().text("metadata", "uid"), owner.text("uid"));
    }

    @Test
    void fieldThatIsNoLongerSentIsRemovedAndFieldsOfOthersStay() {
        function.desired.put("space", Resources.with(Resources.namespace("space"), "yes", ANNOTATION));
        function.start(5);
        function.desired.put("space", Resources.namespace("space"));
        function.trigger();
        assertEquals(Optional.empty(), function.composed("space").at(ANNOTATION));
        assertTrue(function.composed("space").at("status", "atProvider").isPresent());
        assertFalse(JsonEdit.finalizers(function.composed("space")).isEmpty());
    }

    @Test
    void fieldThatSomeoneElseChangedStaysWhenItIsNoLongerSent() {
        function.desired.put("space", Resources.with(Resources.namespace("space"), "yes", ANNOTATION));
        function.start(5);
        simulation.edit(Ref.of(function.composed("space")), object -> JsonEdit.set(object, "no", ANNOTATION));
        function.desired.put("space", Resources.namespace("space"));
        function.trigger();
        assertEquals(Optional.of("no"), function.composed("space").text(ANNOTATION));
    }

    @Test
    void labelsDoNotChangeTheGeneration() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(60);
        var before = function.composed("space");
        function.trigger().advance(10);
        assertEquals(before, function.composed("space"));
        function.desired.put(
                "space", Resources.with(Resources.namespace("space"), "yes", "metadata", "labels", "note"));
        function.trigger();
        var after = function.composed("space");
        assertEquals(before.number("metadata", "generation"), after.number("metadata", "generation"));
        assertFalse(before.text("metadata", "resourceVersion").equals(after.text("metadata", "resourceVersion")));
    }

    @Test
    void droppedResourceIsNoLongerObservedAlthoughItStillExists() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(60);
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        function.desired.clear();
        function.trigger().trigger();
        var dropped = function.composed("space");
        assertTrue(dropped.at("metadata", "deletionTimestamp").isPresent());
        assertEquals(Optional.empty(), dropped.at("metadata", "labels", "crossplane.io/composite"));
        assertEquals(Map.of(), function.lastReconciliation().request().observed());
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        function.advance(10);
        assertEquals(List.of(ScriptedFunction.COMPOSITE, Ref.namespace("team-a")), compositeAndNamespace());
    }

    private List<Ref> compositeAndNamespace() {
        return function.hostObjects().stream()
                .sorted((a, b) -> b.kind().compareTo(a.kind()))
                .toList();
    }

    /** Adds a resource to the composite's references, as a restored backup or an edit by hand might. */
    private void refer(Json.Obj resource) {
        simulation.create(resource);
        var ref = Ref.of(resource);
        simulation.edit(
                ScriptedFunction.COMPOSITE,
                object -> JsonEdit.set(
                        object,
                        arr(obj("apiVersion", ref.apiVersion(), "kind", ref.kind(), "name", ref.name())),
                        "spec",
                        "crossplane",
                        "resourceRefs"));
        function.advance(1);
    }

    private static Json.Obj existing() {
        return Resources.with(
                Resources.configMap(), "existing", "metadata", "annotations", ComposedResource.NAME_ANNOTATION);
    }

    private Set<String> lastObserved() {
        return function.lastReconciliation().request().observed().keySet();
    }

    @Test
    void referencedResourceWithoutControllerIsObservedAndDeletedIfNotDesired() {
        function.start(1);
        refer(existing());
        assertTrue(simulation.history().stream().anyMatch(each -> each.deleted().contains("existing")));
        function.trigger();
        assertEquals(List.of(), simulation.host().list("ConfigMap"));
    }

    @Test
    void referencedResourceWithoutControllerIsAdoptedIfDesired() {
        function.start(1);
        function.desired.put("existing", Resources.manifest("v1", "ConfigMap", "team-a", "other"));
        refer(existing());
        var adopted = function.composed("existing");
        assertEquals("map", Ref.of(adopted).name());
        assertEquals(function.composite().text("metadata", "uid"), ComposedResource.controllerUid(adopted));
    }

    @Test
    void laterCrossplaneKeepsAnUndesiredResourceWithoutController() {
        var later = new ScriptedFunction(SimulationOptions.DEFAULT.withKeepUncontrolled(true));
        later.start(1);
        later.simulation.create(existing());
        later.simulation.edit(
                ScriptedFunction.COMPOSITE,
                object -> JsonEdit.set(
                        object,
                        arr(obj("apiVersion", "v1", "kind", "ConfigMap", "name", "map")),
                        "spec",
                        "crossplane",
                        "resourceRefs"));
        later.advance(1);
        assertEquals(1, later.simulation.host().list("ConfigMap").size());
    }

    @Test
    void resourceOfAnotherControllerIsNotObservedAndCannotBeTakenOver() {
        function.start(1);
        simulation.create(Resources.manifest("v1", "Secret", "team-a", "other"));
        var other = simulation.get(Ref.secret("team-a", "other")).orElseThrow();
        refer(JsonEdit.set(existing(), arr(Manifests.controllerReference(other)), "metadata", "ownerReferences"));
        assertEquals(Set.of(), lastObserved());
        assertEquals(1, simulation.host().list("ConfigMap").size());
        function.desired.put("existing", Resources.configMap());
        function.desired.put("space", Resources.namespace("space"));
        function.trigger();
        assertEquals("Unsynced resources: existing", function.condition("Synced", "message"));
        assertEquals("True", function.condition("Ready", "status"));
        assertTrue(function.find("space").isPresent(), "the other resources are applied");
    }

    @Test
    void resourceWithoutItsAnnotationFailsTheComposition() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(5);
        var ref = Ref.of(function.composed("space"));
        simulation.edit(ref, object -> JsonEdit.remove(object, "metadata", "annotations"));
        function.trigger();
        assertEquals(0, function.lastReconciliation().calls());
        assertTrue(function.condition("Synced", "message").contains("encountered composed resource without required"));
        simulation.edit(
                ref,
                object -> JsonEdit.set(object, "space", "metadata", "annotations", ComposedResource.NAME_ANNOTATION));
        function.advance(40);
        assertEquals("True", function.condition("Synced", "status"));
    }
}
