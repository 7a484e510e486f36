package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.lost;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.vcluster.Vcluster;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.invented.Machines;
import io.functionenvironment.invented.Mesh;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What growth must not break: a further add-on, a further kind of cluster, and everything unrequested at once. */
class GrowthTest {
    private static final Registry REGISTRY =
            new Registry(List.of(new Vcluster(), new Machines()), List.of(new Mesh(), new Apps()));
    static final EnvironmentFunction GROWN = new EnvironmentFunction(REGISTRY);
    static final Json.Obj SIZES = pools(2);
    private static final String OBSERVE_DELETE = "[Text[value=Observe], Text[value=Delete]]";

    @Test
    void theClusterIsReadyWhileAnAddonIsNot() {
        var state = ready(withMesh("small", "a")).status("mesh", down());
        assertEquals("TRUE Available", reason(state.call(), "ClusterReady"));
        assertEquals("FALSE Progressing", reason(state.call(), "MeshReady"));
    }

    @Test
    void anAddonThatIsSwitchedOffIsReportedUntilItIsGone() {
        var state = ready(withMesh("small", "a")).change(environment("a"));
        var response = state.step();
        assertEquals("mesh: is removed when mesh-object is gone, mesh: is about to be uninstalled", removing(response));
        assertEquals(
                "Ready: a is installed in vcluster dev (Kubernetes 1.35). Removing mesh.",
                status(response).text("summary").orElse(""));
        assertEquals("TRUE NotRequested", reason(response, "MeshReady"));
        state.steps(8);
        assertEquals("", removing(state.call()));
        assertEquals("app-a quota", beside(state.call()), "the quota shrinks once its use is known");
    }

    @Test
    void anObjectInTheClusterGetsTheRightToDeleteOnlyWhileTheClusterRespondsAndTheEnvironmentIsProtected() {
        var state = ready(withMesh("small", "a")).status("health", down()).change(environment("a"));
        assertEquals(
                "[Text[value=Observe], Text[value=Create], Text[value=Update], Text[value=LateInitialize]]",
                policies(state.step(), "mesh-object").toString());
        state.status("health", ok());
        var protecting = state.step();
        assertEquals(true, protecting.getDesired().containsResources("usage-mesh-object-environment"));
        assertEquals(OBSERVE_DELETE, policies(state.step(), "mesh-object").toString());
    }

    @Test
    void anObjectInALostClusterIsOrphaned() {
        var state = ready(withMesh("small", "a")).status("health", lost()).change(environment("a"));
        state.step();
        var response = state.status("health", lost()).step();
        assertEquals(false, response.getDesired().containsResources("mesh-object"));
    }

    @Test
    void aMisspeltSizeRemovesNoPartOfAnyCluster() {
        for (var size : List.of("small", "machines")) {
            var state = ready(withMesh(size, "a", "b"));
            var before = bodies(state.call());
            var response = state.change(withMesh("machins", "a", "b")).call();
            assertEquals(before, bodies(response), size);
            assertEquals("FALSE Invalid", reason(response, "Accepted"));
        }
    }

    @Test
    void aReleaseThatDoesNotKnowAKindOfClusterOrAnAddonDeletesNothing() {
        for (var size : List.of("small", "machines")) {
            var state = ready(withMesh(size, "a")).settings(Json.Obj.EMPTY);
            var evaluation = Requests.FUNCTION.evaluate(new FunctionRequest(state.request()), ObservedStateFake.NOW);
            var owners = evaluation instanceof Evaluation.Refused(var errors, var ignored)
                    ? errors.stream()
                            .map(error -> error.message()
                                    .replaceAll("has the owner \"([^\"]*)\", which this release .*", "$1"))
                            .distinct()
                            .sorted()
                            .toList()
                    : List.of();
            assertEquals(
                    size.equals("small")
                            ? List.of("addon.mesh")
                            : List.of(
                                    "addon.mesh",
                                    "cluster.machines",
                                    "protection.addon.mesh",
                                    "protection.cluster.machines"),
                    owners,
                    size);
        }
    }

    @Test
    void anAddonIsKeptWhileItsClusterIsIncompleteAndCannotBePlanned() {
        var state = ready(withMesh("small", "a")).delete("provider-config-helm").change(withMesh("smal", "a"));
        var names = state.call().getDesired().getResourcesMap().keySet();
        assertEquals(
                List.of(true, true, true),
                List.of(names.contains("mesh"), names.contains("mesh-object"), names.contains("app-a")));
    }

    @Test
    void anObjectThatExistedBeforeItsManagedResourceIsUninstalledToo() {
        var state = ready(withMesh("small", "a")).change(environment("a"));
        state.step();
        assertEquals(OBSERVE_DELETE, policies(state.step(), "mesh-object").toString());
    }

    @Test
    void theUsageOfAnAppThatIsRequestedAgainGoesAlthoughTheAppKeepsTheRightToDelete() {
        var state = ready(withMesh("machines", "a", "b")).change(withMesh("machines", "a"));
        assertEquals(true, state.step().getDesired().containsResources("usage-app-b-environment"));
        var response = state.change(withMesh("machines", "a", "b")).step();
        assertEquals(true, response.getDesired().containsResources("app-b"));
        assertEquals(false, state.step().getDesired().containsResources("usage-app-b-environment"));
    }

    @Test
    void aSizeOfAnotherKindOfClusterChangesNothing() {
        var state = ready(withMesh("machines", "a"));
        var before = bodies(state.call());
        var response = state.change(withMesh("small", "a")).call();
        assertEquals(before, bodies(response));
        assertEquals("FALSE Invalid", reason(response, "Accepted"));
    }

    @Test
    void everythingUnrequestedAtOnceGoesWithAVcluster() {
        assertEquals(
                List.of(
                        "app-a app-b cluster health mesh mesh-object provider-config-helm"
                                + " provider-config-kubernetes",
                        "namespace"),
                removal(ready(withMesh("small", "a", "b"))));
    }

    @Test
    void everythingUnrequestedAtOnceIsUninstalledBeforeMachinesGo() {
        assertEquals(
                List.of(
                        "app-a app-b mesh-object",
                        "mesh provider-config-kubernetes",
                        "node-pool-1 node-pool-2 provider-config-helm",
                        "control-plane",
                        "network"),
                removal(ready(withMesh("machines", "a", "b"))));
    }

    @Test
    void aNodePoolThatIsNoLongerRequestedGoesAfterTheUsageThatProtectsItAndBeforeItsOwn() {
        var state = ready(withMesh("machines", "a")).settings(pools(1));
        assertEquals("Terminating AWAITS_DEPENDENT usage-app-a-node-pool-2", decision(state, "node-pool-2"));
        assertEquals("Removed NOT_NEEDED", state.decision("usage-app-a-node-pool-2"));
        state.step();
        assertEquals("Removed UNINSTALLING", decision(state, "node-pool-2"));
        assertEquals("Terminating GUARDS node-pool-2", state.decision("usage-node-pool-2-control-plane"));
        state.step();
        assertEquals("Removed NOT_NEEDED", decision(state, "usage-node-pool-2-control-plane"));
    }

    @Test
    void aKindOfClusterWithManyPartsStartsInOrder() {
        var state = new ObservedStateFake(GROWN, withMesh("machines", "a"), SIZES);
        assertEquals("network provider-config-helm provider-config-kubernetes", added(state));
        assertEquals("control-plane", added(state));
        assertEquals("node-pool-1 node-pool-2 usage-control-plane-network", added(state));
        assertEquals("app-a mesh usage-node-pool-1-control-plane usage-node-pool-2-control-plane", added(state));
        assertEquals(
                "FALSE Unreachable",
                reason(state.status("control-plane", down()).call(), "ClusterReady"));
    }

    @Test
    void anAppMayDependOnAnAddon() {
        var dependent = obj("name", "a", "catalog", "podinfo", "dependsOn", arr("mesh"));
        var state = new ObservedStateFake(
                GROWN, environment(obj("mesh", obj("enabled", true), "apps", arr(dependent))), SIZES);
        state.steps(4);
        assertEquals("Pending mesh-object", state(state, "app-a"));
        assertEquals(
                "waits for mesh",
                status(state.call()).items("apps").getFirst().text("message").orElse(""));
    }

    @Test
    void whatAnAddonNeedsIsAddedToTheQuota() {
        var without = pods(ready(environment("a")).call());
        var with = pods(ready(withMesh("small", "a")).call());
        assertEquals(4, with - without);
    }

    /** With tokens for all to start together. */
    static Json.Obj pools(int count) {
        return settings(obj(
                "sizes",
                obj("machines", obj("machines", obj("pools", count))),
                "timing",
                obj("circuitBreakerTokens", 500)));
    }

    /** What a call decides of a component. */
    private static String decision(ObservedStateFake state, String component) {
        state.call();
        return state.decision(component);
    }

    private static double pods(RunFunctionResponse response) {
        return body(response, "cluster")
                .number("spec", "forProvider", "values", "policies", "resourceQuota", "quota", "count/pods")
                .orElse(0.0);
    }

    /** The bodies of what is desired, by component. */
    private static Json.Obj bodies(RunFunctionResponse response) {
        return Responses.of(response).object("resources");
    }

    private static Json.Obj withMesh(String size, String... apps) {
        return environment(obj(
                "size",
                size,
                "mesh",
                obj("enabled", true),
                "apps",
                java.util.Arrays.stream(apps).map(name -> app(name)).toList()));
    }

    private static ObservedStateFake ready(Json.Obj environment) {
        return new ObservedStateFake(GROWN, environment, SIZES).steps(9);
    }

    private static Json.Obj ok() {
        return obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static String reason(RunFunctionResponse response, String type) {
        return condition(response, type).replaceFirst(":.*", "");
    }

    private static Json.Obj status(RunFunctionResponse response) {
        return Responses.of(response).object("composite", "resource", "status");
    }

    private static String beside(RunFunctionResponse response) {
        return Fixtures.names(response);
    }

    private static String added(ObservedStateFake state) {
        var before = state.names();
        var names = new TreeSet<>(state.step().getDesired().getResourcesMap().keySet());
        names.removeAll(before);
        return String.join(" ", names);
    }

    private static String state(ObservedStateFake state, String component) {
        return switch (GROWN.evaluate(new FunctionRequest(state.request()), ObservedStateFake.NOW)) {
            case Evaluation.Evaluated evaluated ->
                evaluated.decisions().stream()
                        .filter(decision -> decision.name().equals(component))
                        .map(decision -> decision.state().toString())
                        .map(text -> text.replaceFirst("(\\w+)\\[\\w+=(.*)\\]", "$1 $2"))
                        .findFirst()
                        .orElse("");
            case Evaluation.Refused refused -> refused.toString();
        };
    }

    /** What is withdrawn, call by call, when nothing is requested any more, as when an Environment expires. */
    private static List<String> removal(ObservedStateFake ready) {
        var state = ready.evaluatedBy(GrowthTest::withNothingRequested);
        var rounds = new ArrayList<String>();
        for (var call = 0; call < 40 && !state.names().isEmpty(); call++) {
            var before = new TreeSet<>(state.names());
            state.step();
            before.removeAll(state.names());
            before.removeIf(name -> name.startsWith("usage-"));
            if (!before.isEmpty()) {
                rounds.add(String.join(" ", before));
            }
        }
        assertEquals(Set.of(), state.names());
        return rounds;
    }

    private static Evaluation withNothingRequested(FunctionRequest request, Instant now) {
        var observed = request.observed();
        var environment = EnvironmentReader.read(observed.composite().body(), new FieldErrors())
                .orElseThrow();
        var settings = SettingsDocument.merge(List.of(), REGISTRY.sizeFormats(), new FieldErrors());
        var inputs = new Inputs(environment, settings, observed, now);
        var graph = ComponentGraph.of(environment.identity().hash(), EnvironmentPlan.unrequested(Set.of(), inputs));
        var cluster = new ClusterPlan(
                new Owner.Cluster("none"), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        var plan = new EnvironmentPlan(graph, cluster, List.of(), List.of(), List.of(), List.of());
        return GROWN.evaluate(request, inputs, plan, new FieldErrors());
    }
}
