package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import io.functionenvironment.simulation.PipelineResponse.ResourceSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When Crossplane calls a function, and what it makes of the response. */
class CompositeControllerTest {
    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    private List<Json.Obj> required(String name) {
        return function.lastReconciliation().request().required().getOrDefault(name, List.of());
    }

    @Test
    void requiredResourceCostsASecondCall() {
        function.requirements = Map.of(
                "namespaces",
                new ResourceSelector("v1", "Namespace", Optional.of("team-a"), Map.of(), Optional.empty()));
        function.start(1);
        assertEquals(2, function.lastReconciliation().calls());
        assertEquals(1, required("namespaces").size());
    }

    @Test
    void requiredResourcesOfAnyKindAreSelectedByLabelsAndNamespace() {
        for (var name : List.of("a", "b")) {
            simulation.create(Manifests.namespace("pool-" + name));
            simulation.create(Resources.with(
                    Resources.manifest("example.test/v1", "NodePool", "pool-" + name, name),
                    "yes",
                    "metadata",
                    "labels",
                    "mine"));
        }
        simulation.create(Resources.manifest("example.test/v1", "NodePool", "pool-a", "unlabelled"));
        function.requirements = Map.of(
                "labelled", pools(Map.of("mine", "yes"), Optional.empty()),
                "in-namespace", pools(Map.of("mine", "yes"), Optional.of("pool-b")),
                "all", pools(Map.of(), Optional.empty()),
                "none", pools(Map.of("mine", "no"), Optional.empty()));
        function.start(1);
        assertEquals(
                List.of(2, 1, 3, 0),
                List.of(
                        required("labelled").size(),
                        required("in-namespace").size(),
                        required("all").size(),
                        required("none").size()));
    }

    private static ResourceSelector pools(Map<String, String> labels, Optional<String> namespace) {
        return new ResourceSelector("example.test/v1", "NodePool", Optional.empty(), labels, namespace);
    }

    @Test
    void settingsAreThereFromTheFirstCallAndMissingOnesAreEmpty() {
        function.start(1);
        assertEquals(
                List.of(), function.lastReconciliation().request().required().get("settings"));
        simulation.settings(Optional.of(obj("limits", obj())));
        function.trigger();
        assertEquals(1, required("settings").size());
        assertEquals(1, function.lastReconciliation().calls());
    }

    @Test
    void functionIsCalledAgainWhenTheTtlExpires() {
        function.ttl = Optional.of(Duration.ofMinutes(1));
        function.start(5);
        var before = simulation.history().size();
        function.advance(5 * 60);
        assertEquals(5, simulation.history().size() - before, 1);
    }

    @Test
    void conditionThatIsNoLongerReturnedStays() {
        function.conditions = List.of(new Condition("Nice", "True", "Really", "so"));
        function.start(1);
        function.conditions = List.of();
        function.trigger();
        assertEquals("True", function.condition("Nice", "status"));
    }

    @Test
    void fatalResultChangesNothingAndMakesOtherConditionsUnknown() {
        function.conditions = List.of(new Condition("Nice", "True", "Really", "so"));
        function.desired.put("space", Resources.namespace("space"));
        function.start(5);
        function.desired.clear();
        function.conditions = List.of(new Condition("Valid", "False", "Invalid", "no"));
        function.fatal = Optional.of("cannot");
        function.trigger();
        assertTrue(function.find("space").isPresent());
        assertEquals("Unknown", function.condition("Nice", "status"));
        assertEquals("no", function.condition("Valid", "message"));
        assertEquals("False", function.condition("Synced", "status"));
    }

    @Test
    void functionIsNotCalledForADeletedComposite() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(60);
        var before = simulation.history().size();
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(30);
        assertEquals(before, simulation.history().size());
        assertEquals(List.of(Ref.namespace("team-a")), function.hostObjects());
    }

    @Test
    void clusterScopedResourceFailsTheWholeComposition() {
        function.desired.put("bad", Manifests.namespace("bad"));
        function.desired.put("good", Resources.namespace("good"));
        function.start(1);
        assertEquals(Optional.empty(), function.find("good"));
        assertTrue(function.lastReconciliation().error().orElse("").contains("cluster scoped"));
    }

    @Test
    void unstableStatusOpensTheCircuitBreaker() {
        function.desired.put("space", Resources.namespace("space"));
        function.start(1);
        for (var i = 0; i < 100; i++) {
            function.status = obj("count", i);
            simulation.edit(
                    ScriptedFunction.COMPOSITE,
                    object -> JsonEdit.set(object, simulation.now().toString(), "spec", "changed"));
            simulation.advance(Duration.ofMillis(200));
        }
        assertEquals(1, simulation.breakerOpenings(ScriptedFunction.COMPOSITE).size());
    }

    @Test
    void circuitBreakerStaysOpenUntilTheFirstEventAfterTheCooldown() {
        function.start(1);
        assertEquals("True", function.condition("Responsive", "status"));
        for (var i = 0; i < 60; i++) {
            function.status = obj("count", i);
            function.trigger();
        }
        function.advance(30).trigger();
        assertEquals("False", function.condition("Responsive", "status"));
        function.advance(1000);
        assertEquals("False", function.condition("Responsive", "status"), "at rest there is no event");
        function.trigger();
        assertEquals("True", function.condition("Responsive", "status"));
    }
}
