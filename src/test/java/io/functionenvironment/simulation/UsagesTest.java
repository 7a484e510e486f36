package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How Crossplane's Usages order deletions. */
class UsagesTest {
    private final ScriptedFunction function = new ScriptedFunction();
    private final Simulation simulation = function.simulation;

    @BeforeEach
    void composeAUsage() {
        function.desired.put("used", named("used"));
        function.desired.put("user", named("user"));
        function.desired.put(
                "usage",
                obj(
                        "apiVersion", "protection.crossplane.io/v1beta1",
                        "kind", "Usage",
                        "spec", obj("of", reference("used"), "by", reference("user"), "replayDeletion", true)));
        function.start(60);
    }

    private static Json.Obj named(String name) {
        return Resources.with(Resources.namespace(name), name, "metadata", "name");
    }

    private static Json.Obj reference(String name) {
        return obj(
                "apiVersion",
                "kubernetes.m.crossplane.io/v1alpha1",
                "kind",
                "Object",
                "resourceRef",
                obj("name", name));
    }

    @Test
    void deniedGarbageCollectionFailsTheWholeComposition() {
        function.desired.remove("used");
        function.desired.put("more", Resources.namespace("more"));
        function.trigger();
        assertTrue(function.lastReconciliation().error().orElse("").contains("in-use by 1 usage(s)"));
        assertEquals(Optional.empty(), function.find("more"));
    }

    @Test
    void deletionOfTheUsedResourceIsReplayedTwoSecondsAfterTheUserIsGone() {
        simulation.delete(ScriptedFunction.COMPOSITE);
        function.advance(60);
        assertEquals(List.of(Ref.namespace("team-a")), function.hostObjects());
    }

    @Test
    void usageIsOwnedByItsUserAsWell() {
        var owners = function.composed("usage").items("metadata", "ownerReferences").stream()
                .map(owner -> owner.text("name").orElse(""))
                .toList();
        assertEquals(List.of("it", "user"), owners);
    }
}
