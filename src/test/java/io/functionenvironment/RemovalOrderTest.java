package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order in which components go, whatever happens to what is written on them, to the status or to their Usages. */
class RemovalOrderTest {
    private static final String DEPENDS_ON = "environment.fn.crossplane.io/depends-on";
    private static final String GUARD = "usage-app-b-environment";
    private static final String POOLS = "untracked-nodepools.cloud.example.test";
    private static final Json.Obj DELETING = obj(
            "metadata", obj("deletionTimestamp", ObservedStateFake.START.toString(), "finalizers", arr("provider")));

    /** App b is withdrawn and being deleted, and the look-up finds it. */
    private static ObservedStateFake uninstalling() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        var release = Merge.over(state.observed("app-b"), DELETING);
        return state.untrackedReleases(Optional.of(List.of(release))).steps(1);
    }

    private static Json.Obj machines(String... apps) {
        return environment(obj(
                "size",
                "machines",
                "apps",
                List.of(apps).stream().map(Fixtures::app).toList()));
    }

    private static ObservedStateFake readyMachines(String... apps) {
        return new ObservedStateFake(GrowthTest.GROWN, machines(apps), GrowthTest.SIZES).steps(9);
    }

    private static Json.Obj annotated(Json.Obj body, String dependsOn) {
        return Merge.over(body, obj("metadata", obj("annotations", obj(DEPENDS_ON, dependsOn))));
    }

    @Test
    void anUntrackedReleaseWhoseDependenciesAreNotUnderstoodChangesNothing() {
        var state = uninstalling();
        state.untrackedReleases(Optional.of(List.of(annotated(state.untrackedRelease(), "later/SERVING/CASCADE"))));
        assertTrue(fatal(state.call()));
    }

    @Test
    void aRemovedAppWhoseDependenciesAreNotUnderstoodChangesNothing() {
        var state = ready("a", "b").change(environment("a")).annotate("app-b", DEPENDS_ON, "x");
        var response = state.call();
        assertTrue(fatal(response));
        assertTrue(
                response.getResults(0).getMessage().contains("metadata.annotations: has " + DEPENDS_ON + " \"x\""),
                response.getResults(0)::getMessage);
    }

    @Test
    void aKeptAppWhoseDependenciesAreNotUnderstoodChangesNothing() {
        var state =
                ready("b>a", "a").annotate("app-b", DEPENDS_ON, "later/SERVING/CASCADE,app-a/READY/UNINSTALL_FIRST");
        var invalid = obj("name", "b", "catalog", "nosuch");
        assertTrue(fatal(state.change(environment(obj("apps", arr(invalid)))).call()));
    }

    @Test
    void aRequestedAppWhoseDependenciesAreNotUnderstoodIsWrittenAnew() {
        var state = ready("b>a", "a").annotate("app-b", DEPENDS_ON, "x");
        state.step();
        assertTrue(state.observed("app-b")
                .text("metadata", "annotations", DEPENDS_ON)
                .orElse("")
                .contains("app-a/READY/UNINSTALL_FIRST"));
    }

    @Test
    void aUsageThatGuardsTheEnvironmentStaysWithoutItsAnnotations() {
        var state = uninstalling();
        var usage = state.observed(GUARD);
        var annotations = usage.object("metadata", "annotations").fields();
        state.edit(GUARD, obj("metadata", obj("annotations", obj(DEPENDS_ON, new Json.Null()))));
        state.step();
        assertEquals(
                annotations.keySet(),
                state.observed(GUARD).object("metadata", "annotations").fields().keySet());
    }

    @Test
    void aRemovalThatTheStatusDoesNotNameIsNotWithdrawn() {
        var state = readyMachines("a", "b").change(machines("a"));
        state.stepWithoutStatus();
        state.stepWithoutStatus();
        state.stepWithoutStatus();
        assertEquals("Terminating ABOUT_TO_UNINSTALL", state.decision("app-b"));
        state.step();
        state.step();
        assertEquals("Removed UNINSTALLING", state.decision("app-b"));
    }

    @Test
    void aUsageStaysUntilALookUpDoesNotFindItsUser() {
        var usage = "usage-node-pool-2-control-plane";
        var state = readyMachines().settings(GrowthTest.pools(1));
        var pool = Merge.over(state.observed("node-pool-2"), DELETING);
        state.step();
        state.step();
        assertEquals("Removed UNINSTALLING", state.decision("node-pool-2"));
        state.untracked(POOLS, List.of(pool)).step();
        assertEquals("Terminating GUARDS node-pool-2", state.decision(usage));
        state.untracked(POOLS, List.of()).step();
        assertEquals("Removed NOT_NEEDED", state.decision(usage));
    }

    @Test
    void aUsageStaysWhileItsUserIsRequestedAgainAndThePredecessorIsDeleted() {
        var usage = "usage-node-pool-2-control-plane";
        var state = readyMachines().settings(GrowthTest.pools(1));
        var pool = Merge.over(state.observed("node-pool-2"), DELETING);
        state.step();
        state.step();
        state.untracked(POOLS, List.of(pool)).settings(GrowthTest.pools(2)).step();
        assertEquals("Blocked", state.decision("node-pool-2"));
        assertEquals("Terminating GUARDS node-pool-2", state.decision(usage));
        state.untracked(POOLS, List.of()).steps(2);
        assertTrue(state.names().contains("node-pool-2"));
    }

    @Test
    void aCopyOfAReleaseKeepsNothing() {
        var state = readyMachines("a>b", "b");
        var copy = Merge.over(
                state.observed("app-a"),
                obj(
                        "metadata",
                        obj("name", "copy", "ownerReferences", new Json.Null()),
                        "spec",
                        obj("managementPolicies", arr("Observe"))));
        state.change(machines()).untrackedReleases(Optional.of(List.of(copy))).steps(9);
        assertEquals(
                List.of(),
                state.names().stream().filter(name -> name.contains("app-")).toList());
        assertEquals("", Fixtures.removing(state.call()));
    }

    @Test
    void appsInARingWithUsagesAreAllRemoved() {
        var state = readyMachines("a>b", "b");
        var invalid = obj("name", "a", "catalog", "nosuch");
        var other = obj("name", "b", "catalog", "podinfo", "dependsOn", arr("a"));
        state.change(environment(obj("size", "machines", "apps", arr(invalid, other))))
                .steps(3);
        state.change(machines());
        var withdrawn = new ArrayList<String>();
        for (var call = 0; call < 12; call++) {
            var before = new TreeSet<>(state.names());
            state.step();
            before.removeAll(state.names());
            before.stream().filter(name -> name.startsWith("app-")).forEach(withdrawn::add);
        }
        assertEquals(List.of("app-a", "app-b"), withdrawn);
        assertEquals(
                List.of(),
                state.names().stream().filter(name -> name.contains("app-")).toList());
    }
}
