package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.example;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quota of the cluster has the share of an add-on as long as something of it is there. */
class AddonDemandsTest {
    private static final String OBSERVE_DELETE = "[Text[value=Observe], Text[value=Delete]]";
    private static final String URL = "https://git.example.com/team/app.git";

    /**
     * An add-on that is switched on and off.
     *
     * @param on the part of the spec by which it is requested
     */
    record Case(EnvironmentFunction function, Json.Obj on) {

        String name() {
            return on.fields().keySet().iterator().next();
        }

        Json.Obj off() {
            return obj(name(), obj("enabled", false));
        }

        ObservedStateFake running(Json.Obj more) {
            return new ObservedStateFake(function, environment(Merge.over(on, more)), Json.Obj.EMPTY).steps(12);
        }
    }

    static Stream<Case> addons() {
        var argocd =
                obj("enabled", true, "repoURL", URL, "ui", true, "applicationSets", true, "deletionPolicy", "Delete");
        return Stream.of(
                new Case(Requests.FUNCTION, obj("argocd", argocd)),
                new Case(Requests.FUNCTION, obj("knative", obj("enabled", true, "eventing", obj("enabled", true)))),
                new Case(GrowthTest.GROWN, obj("mesh", obj("enabled", true))));
    }

    @ParameterizedTest
    @MethodSource("addons")
    void aQuotaShrinksOnceAllOfAnAddonIsGone(Case addon) {
        var state = addon.running(Json.Obj.EMPTY);
        var before = quota(state.call());
        state.change(environment(addon.off()));
        var withdrawn = new ArrayList<Json.Obj>();
        var during = new TreeSet<String>();
        var removals = new TreeSet<String>();
        for (var rounds = 0;
                rounds < 40 && (rounds == 0 || !removing(state.call()).isEmpty());
                rounds++) {
            use(state);
            during.add(quota(state.call()));
            var existing = existing(state);
            var left = state.step().getDesired().getResourcesMap().keySet();
            existing.forEach((name, resource) -> {
                if (!left.contains(name)
                        && resource.items("spec", "managementPolicies")
                                .toString()
                                .equals(OBSERVE_DELETE)) {
                    removals.add(name);
                    withdrawn.add(resource);
                }
            });
            // Crossplane no longer tracks it, and its provider needs a while; before the look-up, only the status knows
            // it.
            lookUp(state, Optional.empty());
            during.add(quota(state.call()));
            lookUp(state, Optional.of(List.copyOf(withdrawn)));
            during.add(quota(state.call()));
            state.step();
            withdrawn.clear();
            lookUp(state, Optional.of(List.of()));
        }
        assertEquals(List.of(before), List.copyOf(during), () -> "while " + removals + " were removed");
        use(state.steps(2)).steps(2);
        assertNotEquals(before, quota(state.call()));
    }

    @ParameterizedTest
    @MethodSource("addons")
    void anAddonThatStaysForSomethingThatDependsOnItKeepsItsShare(Case addon) {
        var apps = obj("apps", arr(Merge.over(app("a"), obj("dependsOn", arr(addon.name())))));
        var state = addon.running(apps);
        var before = quota(state.call());
        state.change(environment(Merge.over(addon.off(), apps))).steps(3);
        use(state).steps(3);
        assertEquals(before, quota(state.call()));
    }

    /**
     * Otherwise, all of it together would need more pods and Services than the size has. Alone, Argo CD also gets memory for
     * containers without limits. It has none: its limits are twice what it requests.
     */
    @Test
    void theQuotaOfTheExampleWithAllAddonsHasTheShareOfEach() throws IOException {
        var all = example(Path.of("examples", "together")).steps(12);
        var spec = all.composite().object("spec");
        var size = obj("size", spec.text("size").orElseThrow());
        var without = amounts(size);
        var argocd = amounts(Merge.over(size, obj("argocd", spec.object("argocd"))));
        var knative = amounts(Merge.over(size, obj("knative", spec.object("knative"))));
        var expected = new TreeMap<String, Integer>();
        without.forEach((key, amount) -> expected.put(key, amount(argocd, key) + amount(knative, key) - amount));
        var requested = amount(argocd, "requests.memory") - amount(without, "requests.memory");
        expected.put("limits.memory", amount(knative, "limits.memory") + 2 * requested);
        assertEquals(expected, amounts(all));
        assertTrue(amount(argocd, "count/pods") > amount(without, "count/pods"));
        assertTrue(amount(knative, "count/services") > amount(without, "count/services"));
    }

    private static int amount(Map<String, Integer> amounts, String key) {
        return amounts.getOrDefault(key, 0);
    }

    private static Map<String, Integer> amounts(Json.Obj spec) {
        return amounts(new ObservedStateFake(environment(spec), Json.Obj.EMPTY).steps(12));
    }

    /** In the units that the function writes, which are the same for all sizes. */
    private static Map<String, Integer> amounts(ObservedStateFake state) {
        var quota = body(state.call(), "cluster")
                .object("spec", "forProvider", "values", "policies", "resourceQuota", "quota");
        var amounts = new TreeMap<String, Integer>();
        for (var key : List.of("count/pods", "count/services")) {
            amounts.put(key, quota.number(key).orElseThrow().intValue());
        }
        for (var key : List.of("requests.cpu", "requests.memory", "limits.cpu", "limits.memory")) {
            amounts.put(key, Integer.valueOf(quota.text(key).orElseThrow().replaceFirst("(m|Mi)$", "")));
        }
        return amounts;
    }

    private static Map<String, Json.Obj> existing(ObservedStateFake state) {
        var existing = new TreeMap<String, Json.Obj>();
        state.names().forEach(name -> existing.put(name, state.observed(name)));
        return existing;
    }

    private static void lookUp(ObservedStateFake state, Optional<List<Json.Obj>> found) {
        state.untrackedObjects(found.map(all -> ofKind(all, "Object")));
        state.untrackedReleases(found.map(all -> ofKind(all, "Release")));
    }

    private static List<Json.Obj> ofKind(List<Json.Obj> all, String kind) {
        return all.stream()
                .filter(resource -> resource.text("kind").equals(Optional.of(kind)))
                .toList();
    }

    /** Of the quota hardly anything is used, so that it may shrink at once. */
    private static ObservedStateFake use(ObservedStateFake state) {
        return state.names().contains("quota") ? state.status("quota", usingNothing()) : state;
    }

    private static Json.Obj usingNothing() {
        return obj(
                "atProvider",
                obj("manifest", obj("status", obj("used", obj("count/pods", "1")))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static String quota(RunFunctionResponse response) {
        assertTrue(
                response.getDesired().containsResources("cluster"),
                () -> response.getResultsList() + " "
                        + response.getDesired().getResourcesMap().keySet());
        return body(response, "cluster")
                .object("spec", "forProvider", "values", "policies", "resourceQuota", "quota")
                .toString();
    }
}
