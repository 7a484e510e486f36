package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a function can rely on in Crossplane, and what it must not do. */
class CompositeControllerTest {
    private final Fixture fixture = new Fixture();
    private final Simulation simulation = fixture.simulation;

    @Test
    void aComposedResourceIsNamedAfterTheCompositeAndWhatItIsCalledThere() {
        fixture.desired.put("room", Fixture.namespace("room"));
        var name = Ref.of(fixture.start(1).composed("room")).name();
        assertTrue(name.matches("it-[0-9a-f]{12}"), name);
        simulation.delete(Ref.of(fixture.composed("room")));
        fixture.after(10);
        assertEquals(name, Ref.of(fixture.composed("room")).name());
    }

    @Test
    void aComposedResourceCarriesTheMarksOfItsComposite() {
        fixture.desired.put("room", Fixture.namespace("room"));
        var meta = fixture.start(1).composed("room").object("metadata");
        assertEquals(Optional.of("it"), meta.text("labels", "crossplane.io/composite"));
        assertEquals(Optional.of("team-a"), meta.text("namespace"));
        assertTrue(meta.items("ownerReferences").getFirst().isTrue("controller"));
    }

    @Test
    void aFieldThatIsNoLongerSentIsRemovedAndOthersFieldsStay() {
        fixture.desired.put("room", JsonEdit.set(Fixture.namespace("room"), "yes", "metadata", "annotations", "ours"));
        fixture.start(5);
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.touch();
        assertFalse(
                fixture.composed("room").at("metadata", "annotations", "ours").isPresent());
        assertTrue(fixture.composed("room").at("status", "atProvider").isPresent());
        assertFalse(JsonEdit.finalizers(fixture.composed("room")).isEmpty());
    }

    @Test
    void aFieldThatSomebodyElseChangedSinceStaysWhenItIsNoLongerSent() {
        var ours = new String[] {"metadata", "annotations", "ours"};
        fixture.desired.put("room", JsonEdit.set(Fixture.namespace("room"), "yes", ours));
        fixture.start(5);
        simulation.edit(Ref.of(fixture.composed("room")), object -> JsonEdit.set(object, "no", ours));
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.touch();
        assertEquals(Optional.of("no"), fixture.composed("room").text(ours));
    }

    @Test
    void onlyWhatChangesMovesTheVersions() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(60);
        var before = fixture.composed("room");
        fixture.touch().after(10);
        assertEquals(before, fixture.composed("room"));
        fixture.desired.put("room", JsonEdit.set(Fixture.namespace("room"), "yes", "metadata", "labels", "ours"));
        fixture.touch();
        assertEquals(
                before.number("metadata", "generation"),
                fixture.composed("room").number("metadata", "generation"));
        assertFalse(before.text("metadata", "resourceVersion")
                .equals(fixture.composed("room").text("metadata", "resourceVersion")));
    }

    @Test
    void aDroppedResourceIsForgottenAtOnceAlthoughItsProviderIsStillBusy() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(60);
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        fixture.desired.clear();
        fixture.touch().touch();
        var left = fixture.composed("room");
        assertTrue(left.at("metadata", "deletionTimestamp").isPresent());
        assertFalse(left.at("metadata", "labels", "crossplane.io/composite").isPresent());
        assertEquals(Map.of(), simulation.history().getLast().request().observed());
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES));
        fixture.after(10);
        assertEquals(Optional.empty(), fixture.find("room"));
        assertEquals(Optional.empty(), simulation.get(Ref.namespace("room")));
    }

    @Test
    void aDeletionThatAUsageRefusesEndsTheWholePass() {
        dropWhatIsUsed();
        assertTrue(simulation.history().getLast().error().orElse("").contains("in-use by 1 usage(s)"));
        assertEquals(Optional.empty(), fixture.find("more"));
    }

    private void dropWhatIsUsed() {
        fixture.desired.put("used", JsonEdit.set(Fixture.namespace("used"), "used", "metadata", "name"));
        fixture.desired.put("user", JsonEdit.set(Fixture.namespace("user"), "user", "metadata", "name"));
        fixture.desired.put("usage", usage());
        fixture.start(60);
        fixture.desired.remove("used");
        fixture.desired.put("more", Fixture.namespace("more"));
        fixture.touch();
    }

    @Test
    void whatIsUsedGoesOnceItsUserIsGone() {
        dropWhatIsUsed();
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(60);
        assertEquals(
                List.of(Ref.namespace("team-a")),
                simulation.host().list(any -> true).stream().map(Ref::of).toList());
    }

    private static Json.Obj usage() {
        return obj(
                "apiVersion", "protection.crossplane.io/v1beta1",
                "kind", "Usage",
                "spec", obj("of", party("used"), "by", party("user"), "replayDeletion", true));
    }

    private static Json.Obj party(String name) {
        return obj(
                "apiVersion",
                "kubernetes.m.crossplane.io/v1alpha1",
                "kind",
                "Object",
                "resourceRef",
                obj("name", name));
    }

    @Test
    void whatIsRequiredComesWithAFurtherCall() {
        fixture.requirements = Map.of(
                "namespaces",
                new PipelineResponse.ResourceSelector(
                        "v1", "Namespace", Optional.of("team-a"), Map.of(), Optional.empty()));
        fixture.start(1);
        var pass = simulation.history().getFirst();
        assertEquals(2, pass.calls());
        assertEquals(
                1,
                pass.request().required().getOrDefault("namespaces", List.of()).size());
    }

    @Test
    void theSettingsAreThereFromTheFirstCallAndMissingOnesAreNoFault() {
        fixture.start(1);
        assertEquals(
                List.of(), simulation.history().getLast().request().required().get("settings"));
        simulation.settings(Optional.of(obj("limits", obj())));
        fixture.touch();
        assertEquals(
                1,
                simulation
                        .history()
                        .getLast()
                        .request()
                        .required()
                        .getOrDefault("settings", List.of())
                        .size());
        assertEquals(1, simulation.history().getLast().calls());
    }

    @Test
    void theFunctionIsCalledAgainWhenItsAnswerExpires() {
        fixture.ttl = Optional.of(Duration.ofMinutes(1));
        fixture.start(5);
        var calls = simulation.history().size();
        fixture.after(5 * 60);
        assertEquals(5, simulation.history().size() - calls, 1);
    }

    @Test
    void aConditionThatIsNotReturnedStays() {
        fixture.conditions = List.of(new PipelineResponse.Condition("Nice", "True", "Really", "so"));
        fixture.start(1);
        fixture.conditions = List.of();
        fixture.touch();
        assertTrue(Conditions.isTrue(fixture.composite(), "Nice"));
    }

    @Test
    void aFatalAnswerChangesNothingAndMakesOtherConditionsUnknown() {
        fixture.conditions = List.of(new PipelineResponse.Condition("Nice", "True", "Really", "so"));
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(5);
        fixture.desired.clear();
        fixture.conditions = List.of(new PipelineResponse.Condition("Accepted", "False", "NotAccepted", "no"));
        fixture.fatal = Optional.of("cannot");
        fixture.touch();
        assertTrue(fixture.find("room").isPresent());
        assertEquals(
                Optional.of("Unknown"),
                Conditions.get(fixture.composite(), "Nice").flatMap(c -> c.text("status")));
        assertEquals(
                Optional.of("no"),
                Conditions.get(fixture.composite(), "Accepted").flatMap(c -> c.text("message")));
        assertFalse(Conditions.isTrue(fixture.composite(), "Synced"));
    }

    @Test
    void nobodyAsksTheFunctionWhenTheCompositeIsDeleted() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(60);
        var calls = simulation.history().size();
        simulation.delete(Fixture.COMPOSITE);
        fixture.after(30);
        assertEquals(calls, simulation.history().size());
        assertEquals(
                List.of(Ref.namespace("team-a")),
                simulation.host().list(any -> true).stream().map(Ref::of).toList());
    }

    @Test
    void aClusterScopedResourceSpoilsTheWholePass() {
        fixture.desired.put("bad", Manifests.namespace("bad"));
        fixture.desired.put("good", Fixture.namespace("good"));
        fixture.start(1);
        assertEquals(Optional.empty(), fixture.find("good"));
        assertTrue(simulation.history().getLast().error().orElse("").contains("cluster scoped"));
    }

    @Test
    void anAnswerThatNeverRestsMakesCrossplaneStopListening() {
        fixture.desired.put("room", Fixture.namespace("room"));
        fixture.start(1);
        for (var i = 0; i < 100; i++) {
            fixture.status = obj("count", i);
            simulation.edit(
                    Fixture.COMPOSITE,
                    object -> JsonEdit.set(object, simulation.now().toString(), "spec", "changed"));
            simulation.advance(Duration.ofMillis(200));
        }
        assertEquals(1, simulation.breakerOpenings(Fixture.COMPOSITE).size());
    }

    @Test
    void itSaysThatItDoesNotListenUntilTheFirstEventAfterFiveMinutes() {
        assertEquals("True", fixture.start(1).says("Responsive"));
        for (var i = 0; i < 60; i++) {
            fixture.status = obj("count", i);
            fixture.touch();
        }
        fixture.after(30).touch();
        assertEquals("False", fixture.says("Responsive"));
        fixture.after(1000);
        assertEquals("False", fixture.says("Responsive"), "at rest nothing happens");
        fixture.touch();
        assertEquals("True", fixture.says("Responsive"));
    }
}
