package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.lost;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.removingComponents;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the removal of an app ends if its Environment is deleted meanwhile, or its cluster is lost. */
class EnvironmentDeletionGuardTest {
    private static final String USAGE = "usage-app-b-environment";
    private static final String ONLY_A = "app-a";
    private static final String BOTH = "app-a app-b";
    private static final String BOTH_AND_USAGE = BOTH + " " + USAGE;
    private static final String A_AND_USAGE = ONLY_A + " " + USAGE;
    private static final List<Json> KEEP =
            arr("Observe", "Create", "Update", "LateInitialize").items();
    private static final List<Json> DELETE = arr("Observe", "Delete").items();
    private static final List<Json> OBSERVE = arr("Observe").items();
    /** App b has the right to delete, and the next call withdraws it. */
    private static ObservedStateFake deletable() {
        return ready("a", "b").change(environment("a")).steps(2);
    }

    /** App b is withdrawn and being deleted, and the look-up finds it. */
    private static ObservedStateFake untracked() {
        var state = deletable();
        var deleting = Merge.over(
                state.observed("app-b"),
                obj(
                        "metadata",
                        obj("deletionTimestamp", ObservedStateFake.START.toString(), "finalizers", arr("provider"))));
        return state.untrackedReleases(Optional.of(List.of(deleting))).steps(1);
    }

    @Test
    void theReasonOfTheUsageIsToRetryTheDeletionInAFewSeconds() {
        assertEquals(
                obj(
                        "of",
                        obj(
                                "apiVersion", "platform.internal/v1beta1",
                                "kind", "Environment",
                                "resourceRef", obj("name", "dev")),
                        "reason",
                        "resources are being uninstalled from the Environment's cluster; retry the deletion in a few seconds",
                        "replayDeletion",
                        false),
                body(deletable().call(), USAGE).object("spec"));
    }

    @Test
    void anAppIsUninstalledDespiteAnEarlierAttemptToDeleteTheEnvironment() {
        var state = ready("a", "b").change(environment("a")).refuseDeletion().steps(2);
        assertEquals(
                "resources are being uninstalled from the Environment's cluster; retry the deletion when status.removing is empty",
                body(state.call(), USAGE).text("spec", "reason").orElse(""));
        assertEquals(A_AND_USAGE, names(state.step()));
        assertEquals("Removed UNINSTALLING", state.decision("app-b"));
    }

    @Test
    void anAppGetsTheRightToDeleteOnceTheUsageIsReadyOrOld() {
        var state = ready("a", "b").change(environment("a")).steps(1).status(USAGE, Json.Obj.EMPTY);
        var young = obj(
                "metadata",
                obj("creationTimestamp", ObservedStateFake.NOW.minusSeconds(29).toString()));
        var old = obj(
                "metadata",
                obj("creationTimestamp", ObservedStateFake.NOW.minusSeconds(31).toString()));
        assertEquals(KEEP, policies(state.edit(USAGE, young).call(), "app-b"));
        assertEquals(DELETE, policies(state.edit(USAGE, old).call(), "app-b"), "Usages may be disabled in Crossplane");
    }

    @Test
    void anAppLosesTheRightToDeleteAndIsOrphanedIfTheEnvironmentIsDeleted() {
        var state = deletable().refuseDeletion();
        var first = state.step();
        assertEquals(BOTH_AND_USAGE, names(first));
        assertEquals(KEEP, policies(first, "app-b"));
        assertEquals("Terminating ORPHANED_ON_DELETION", state.decision("app-b"));
        assertEquals(List.of("app-b"), removingComponents(first));
        assertTrue(status(first)
                .text("summary")
                .orElse("")
                .endsWith("The deletion was refused; retry it in a few seconds."));
        assertEquals(ONLY_A, names(state.step()));
    }

    @Test
    void aUsageOfAnotherStepThatProtectsTheEnvironmentOrphansNothing() {
        var protection = obj(
                "apiVersion",
                "protection.crossplane.io/v1beta1",
                "kind",
                "Usage",
                "metadata",
                obj("name", "protection"),
                "spec",
                obj(
                        "of",
                        obj(
                                "apiVersion", "platform.internal/v1beta1",
                                "kind", "Environment",
                                "resourceRef", obj("name", "dev")),
                        "reason",
                        "ask the platform team"));
        var state = ready("a", "b").refuseDeletion();
        var owners = state.observed("app-b").object("metadata").at("ownerReferences");
        state.other("protection", Merge.over(protection, obj("metadata", obj("ownerReferences", owners))));
        state.change(environment("a")).steps(2);
        state.step();
        assertEquals("Removed UNINSTALLING", state.decision("app-b"));
    }

    @Test
    void noOtherAppIsUninstalledWhileTheDeletionOfTheEnvironmentIsRefused() {
        var state = ready("a", "b", "c").change(environment("a", "c")).steps(2);
        var response = state.change(environment("a")).refuseDeletion().step();
        assertEquals(BOTH_AND_USAGE, names(response));
        assertEquals("Removed ORPHANED_ON_DELETION", state.decision("app-c"));
        assertEquals(List.of("Orphaned"), events(response));
    }

    @Test
    void anUntrackedReleaseIsDesiredAgainWithoutTheRightToDeleteIfTheEnvironmentIsDeleted() {
        var state = untracked().refuseDeletion();
        var name = state.untrackedRelease().text("metadata", "name");
        var first = state.step();
        assertEquals(BOTH_AND_USAGE, names(first));
        assertEquals(OBSERVE, policies(first, "app-b"));
        assertEquals(name, body(first, "app-b").text("metadata", "name"));
        assertEquals("Terminating ORPHANED_ON_DELETION", state.decision("app-b"));
        assertEquals(List.of("app-b"), removingComponents(first));
        state.edit("app-b", obj("metadata", state.untrackedRelease().object("metadata")));
        var second = state.step();
        assertEquals(BOTH, names(second), "without the right to delete it needs no Usage");
        assertEquals(body(first, "app-b").object("spec"), body(second, "app-b").object("spec"));
        state.edit("app-b", obj("metadata", state.untrackedRelease().object("metadata")));
        assertEquals(BOTH, names(state.step()), "the Usage is not created again");
        state.untrackedReleases(Optional.of(List.of())).delete("app-b");
        assertEquals(ONLY_A, names(state.step()));
        assertEquals(List.of(), removingComponents(state.step()));
    }

    @Test
    void aReleaseThatCrossplaneCreatedAnewWhileOrphaningIsWithdrawn() {
        var state = untracked().refuseDeletion().steps(1);
        assertEquals(ONLY_A, names(state.step()));
    }

    @Test
    void anUntrackedReleaseIsOrphanedIfItsClusterIsLost() {
        assertEquals(A_AND_USAGE, names(untracked().status("health", down()).call()), "the cluster may be restarting");
        var state = untracked().status("health", lost());
        assertEquals(OBSERVE, policies(state.call(), "app-b"));
        assertEquals("Terminating ORPHANED_UNREACHABLE", state.decision("app-b"));
    }

    @Test
    void aReleaseThatFailsToUninstallIsOrphanedOnlyIfTheUsageIsFromAfterAnAttemptToDelete() {
        var failing = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "delete failed: a hook failed"));
        var state = untracked();
        var release = Merge.over(state.untrackedRelease(), obj("status", obj("conditions", arr(failing))));
        var old = obj(
                "metadata",
                obj("deletionTimestamp", ObservedStateFake.NOW.minusSeconds(121).toString()));
        var young = obj(
                "metadata",
                obj("deletionTimestamp", ObservedStateFake.NOW.minusSeconds(119).toString()));
        state.untrackedReleases(Optional.of(List.of(Merge.over(release, old))));
        assertEquals(A_AND_USAGE, names(state.call()), "an attempt to delete the Environment would orphan it");
        state.annotate(USAGE, "environment.fn.crossplane.io/attempted-before", "true")
                .refuseDeletion();
        assertEquals(OBSERVE, policies(state.call(), "app-b"));
        assertEquals("Terminating ORPHANED_FAILING", state.decision("app-b"));
        state.untrackedReleases(Optional.of(List.of(Merge.over(release, young))));
        assertEquals(A_AND_USAGE, names(state.call()), "uninstalling may still succeed");
    }

    @Test
    void anAppThatIsRequestedAgainIsOrphanedFirstIfItsClusterIsLost() {
        var state = untracked().change(environment("a", "b"));
        assertEquals(A_AND_USAGE, names(state.call()));
        var response = state.status("health", lost()).step();
        assertEquals(OBSERVE, policies(response, "app-b"));
        state.untrackedReleases(Optional.of(List.of())).delete("app-b");
        assertEquals(KEEP, policies(state.step(), "app-b"));
    }

    @Test
    void anUntrackedReleaseOfAnEarlierEnvironmentIsNotOrphaned() {
        var state = untracked().status("health", lost());
        var earlier = Merge.over(
                state.untrackedRelease(),
                obj("metadata", obj("ownerReferences", arr(obj("uid", "another")), "name", "another")));
        assertEquals(
                ONLY_A,
                names(state.untrackedReleases(Optional.of(List.of(earlier))).call()));
    }
}
