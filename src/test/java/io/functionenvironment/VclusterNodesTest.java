package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A size decides on which nodes of the host cluster a virtual cluster runs, and has chart values of its own. */
class VclusterNodesTest {
    private static final Json.Obj SELECTOR = obj("example.org/pool", "teams");

    private static Json.Obj small(Object... fields) {
        return settings(obj("sizes", obj("small", obj("vcluster", obj(fields)))));
    }

    private static Json.Obj values(Json.Obj settings) {
        return body(new ObservedStateFake(environment("a"), settings).steps(2).call(), "cluster")
                .object("spec", "forProvider", "values");
    }

    @Test
    void thePodsOfTheTeamAndOfTheControlPlaneRunOnTheNodesOfTheSize() {
        var values = values(small("nodeSelector", SELECTOR));
        assertEquals(obj("nodeSelector", SELECTOR), values.object("controlPlane", "statefulSet", "scheduling"));
        assertEquals(obj("nodes", obj("selector", obj("labels", SELECTOR))), values.object("sync", "fromHost"));
    }

    @Test
    void aNodeSelectorTakesNoRightsForNodes() {
        var response = new ObservedStateFake(environment("a"), small("nodeSelector", SELECTOR))
                .steps(6)
                .call();
        assertEquals("app-a", names(response), "no Usage orders the deletion");
        assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(response, "cluster"));
    }

    @Test
    void tolerationsAreWrittenInTheFormOfTheChart() {
        var tolerations = arr(
                obj("key", "example.org/teams", "operator", "Exists", "effect", "NoSchedule"),
                obj("key", "pool", "value", "teams", "effect", "NoExecute"),
                obj("key", "empty"),
                obj("key", "any", "operator", "Exists"),
                obj("operator", "Exists", "effect", "NoSchedule"),
                obj("operator", "Exists"));
        var values = values(small("tolerations", tolerations));
        assertEquals(
                arr("example.org/teams:NoSchedule", "pool=teams:NoExecute", "empty=:", "any:", ":NoSchedule", "*"),
                values.at("sync", "toHost", "pods", "enforceTolerations").orElseThrow());
        assertEquals(
                List.of(
                        obj("key", "example.org/teams", "operator", "Exists", "effect", "NoSchedule"),
                        obj("key", "pool", "operator", "Equal", "value", "teams", "effect", "NoExecute"),
                        obj("key", "empty", "operator", "Equal", "value", ""),
                        obj("key", "any", "operator", "Exists"),
                        obj("operator", "Exists", "effect", "NoSchedule"),
                        obj("operator", "Exists")),
                values.items("controlPlane", "statefulSet", "scheduling", "tolerations"));
    }

    @Test
    void allPodsHaveTheRuntimeClassOfTheSize() {
        var values = values(small("runtimeClass", "gvisor"));
        assertEquals(Optional.of("gvisor"), values.text("controlPlane", "statefulSet", "runtimeClassName"));
        assertEquals(
                obj("pods", obj("runtimeClassName", "gvisor", "useSecretsForSATokens", true)),
                values.object("sync", "toHost"));
    }

    @Test
    void theValuesOfASizeWinOverThoseOfAllSizesAndOverItsOtherFields() {
        var all = settings(obj(
                "vcluster",
                obj(
                        "values",
                        obj(
                                "logging", obj("encoding", "json"),
                                "controlPlane", obj("proxy", obj("extraSANs", arr("all.example.org"))),
                                "sync", obj("toHost", obj("ingresses", obj("enabled", true)))))));
        var own = obj(
                "logging", obj("encoding", "console"),
                "controlPlane",
                        obj(
                                "proxy", obj("extraSANs", arr("small.example.org")),
                                "statefulSet", obj("runtimeClassName", "")));
        var values = values(Merge.over(all, small("runtimeClass", "gvisor", "values", own)));
        assertEquals(Optional.of("console"), values.text("logging", "encoding"));
        assertEquals(Optional.of(""), values.text("controlPlane", "statefulSet", "runtimeClassName"));
        assertEquals(
                List.of("all.example.org", "small.example.org"),
                values.items("controlPlane", "proxy", "extraSANs").stream()
                        .map(name -> ((Json.Text) name).value())
                        .filter(name -> name.endsWith("example.org"))
                        .toList());
        assertEquals(
                obj(
                        "ingresses", obj("enabled", true),
                        "pods", obj("runtimeClassName", "gvisor", "useSecretsForSATokens", true)),
                values.object("sync", "toHost"));
    }
}
