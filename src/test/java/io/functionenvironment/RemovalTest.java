package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.lost;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.removingComponents;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How an app, or a subject's right to connect, is removed that is no longer requested. */
class RemovalTest {
    private static final String DEPENDS_ON = "environment.fn.crossplane.io/depends-on";
    private static final List<Json> DELETE = arr("Observe", "Delete").items();
    private static final List<Json> KEEP =
            arr("Observe", "Create", "Update", "LateInitialize").items();

    private static final Json.Obj TEAM =
            Fixtures.settings(obj("access", obj("subjects", arr(obj("kind", "Group", "name", "team-a")))));

    @Test
    void anAppGetsAUsageThenTheRightToDeleteThenIsWithdrawn() {
        var state = ready("a", "b").change(environment("a"));
        var first = state.step();
        assertEquals("app-a app-b usage-app-b-environment", names(first));
        assertEquals(KEEP, policies(first, "app-b"));
        var second = state.step();
        assertEquals("app-a app-b usage-app-b-environment", names(second));
        assertEquals(DELETE, policies(second, "app-b"));
        var third = state.step();
        assertEquals("app-a usage-app-b-environment", names(third));
        assertEquals("Removed UNINSTALLING", state.decision("app-b"));
        assertEquals(List.of("Uninstalling"), events(third));
        var fourth = state.step();
        assertEquals("app-a", names(fourth));
        assertEquals(List.of(), events(fourth));
    }

    @Test
    void anAppThatIsBeingRemovedKeepsItsSpec() {
        var state = ready("a").change(environment("b"));
        var before = state.observed("app-a").object("spec", "forProvider");
        assertEquals(before, body(state.step(), "app-a").object("spec", "forProvider"));
    }

    @Test
    void anAppIsOrphanedAndReportedIfItsClusterIsLost() {
        var state = ready("a", "b").change(environment("a")).status("health", lost());
        var response = state.step();
        assertEquals("app-a", names(response));
        assertEquals("Removed ORPHANED_UNREACHABLE", state.decision("app-b"));
        assertTrue(events(response).contains("Orphaned"));
    }

    @Test
    void anAppWaitsWhileItsClusterRestarts() {
        var state = ready("a", "b").change(environment("a")).status("health", down());
        var response = state.step();
        assertEquals("app-a app-b", names(response));
        assertEquals(KEEP, policies(response, "app-b"));
        assertEquals("Terminating AWAITS_CLUSTER", state.decision("app-b"));
        assertEquals(List.of("app-b"), removingComponents(response));
    }

    @Test
    void anAppLosesTheRightToDeleteIfItsClusterStopsResponding() {
        var state = ready("a").change(environment()).steps(2);
        state.status("health", down());
        assertEquals(KEEP, policies(state.step(), "app-a"));
        state.status("health", lost());
        assertEquals("", names(state.step()));
    }

    @Test
    void anUntrackedReleaseStaysInTheStatusUntilALookUpDoesNotFindIt() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        state.untrackedReleases(Optional.of(List.of(state.observed("app-b"))));
        assertEquals(List.of("app-b"), removingComponents(state.step()));
        assertEquals(List.of("app-b"), removingComponents(state.step()));
        state.untrackedReleases(Optional.empty());
        assertEquals(List.of("app-b"), removingComponents(state.step()), "before the look-up");
        state.untrackedReleases(Optional.of(List.of()));
        assertEquals(List.of(), removingComponents(state.step()));
        assertEquals(false, state.step().hasRequirements());
    }

    @Test
    void aFailureToUninstallIsReportedInTheWordsOfTheProvider() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        var failing = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "delete failed: cannot uninstall"));
        state.untrackedReleases(Optional.of(List.of(
                Merge.over(state.observed("app-b"), obj("status", obj("conditions", arr(failing)))))));
        state.step();
        assertEquals("b: delete failed: cannot uninstall", removing(state.step()));
    }

    @Test
    void anAppThatIsRequestedAgainIsNotCreatedWhileItsPredecessorIsBeingDeleted() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        state.untrackedReleases(Optional.of(List.of(state.observed("app-b"))));
        state.step();
        state.change(environment("a", "b"));
        assertEquals("app-a usage-app-b-environment", names(state.step()));
        state.untrackedReleases(Optional.of(List.of()));
        assertEquals("app-a app-b", names(state.step()));
    }

    @Test
    void anAppIsNotOrphanedWhileItsClusterIsReadyButUnobserved() {
        var unobserved = obj(
                "conditions",
                arr(
                        Merge.over(
                                ObservedStateFake.condition("Ready", "True", "Available"),
                                obj(
                                        "lastTransitionTime",
                                        ObservedStateFake.START
                                                .minusSeconds(3600)
                                                .toString())),
                        ObservedStateFake.condition("Synced", "False", "ReconcileError")));
        var state = ready("a", "b").change(environment("a")).status("health", unobserved);
        assertEquals("app-a app-b", names(state.step()));
    }

    @Test
    void anAppIsUninstalledEvenIfItsInstallationIsPending() {
        var pending = obj("metadata", obj("annotations", obj("crossplane.io/external-create-pending", "2026")));
        var state = ready("a")
                .edit("app-a", pending)
                .status("app-a", Json.Obj.EMPTY)
                .change(environment());
        state.step();
        assertEquals(DELETE, policies(state.step(), "app-a"));
    }

    @Test
    void anAppThatWasNeverInstalledIsWithdrawnAtOnce() {
        var state = ready("a").neverCreated("app-a").change(environment());
        assertEquals("", names(state.step()));
        assertEquals("Removed NEVER_INSTALLED", state.decision("app-a"));
    }

    @Test
    void anAppLosesTheRightToDeleteAndIsWithdrawnIfHelmHasNoReleaseOfIt() {
        var state = ready("a").change(environment()).steps(2);
        var missing = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "observe failed: external resource does not exist"));
        var status = obj("atProvider", obj("revision", 1), "conditions", arr(missing));
        state.status("app-a", status);
        assertEquals(KEEP, policies(state.step(), "app-a"));
        state.status("app-a", status);
        assertEquals("", names(state.step()));
    }

    @Test
    void anAppIsOrphanedIfItsProviderCannotObserveItForLong() {
        var unreachable = obj(
                "atProvider", obj("revision", 1),
                "conditions",
                        arr(Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                obj(
                                        "message",
                                        "observe failed: cluster unreachable",
                                        "lastTransitionTime",
                                        ObservedStateFake.START
                                                .minusSeconds(3600)
                                                .toString()))));
        var state = ready("a").status("app-a", unreachable).change(environment());
        assertEquals("", names(state.step()));
        assertEquals("Removed ORPHANED_UNREACHABLE", state.decision("app-a"));
    }

    @Test
    void threeAppsThatDependOnEachOtherAreAllRemoved() {
        var state = ready("a>b", "b>c", "c").change(environment());
        var remaining = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            if (names(state.call()).contains("app-c")) {
                state.annotate("app-c", DEPENDS_ON, "app-a/READY/UNINSTALL_FIRST");
            }
            remaining.add(names(state.step()));
        }
        assertEquals("", remaining.getLast());
    }

    @Test
    void anAppIsUninstalledBeforeTheAppThatItDependsOn() {
        var state = ready("user>used", "used").change(environment());
        state.step();
        assertEquals(DELETE, policies(state.step(), "app-user"));
        var user = state.observed("app-user");
        assertEquals("app-used usage-app-user-environment", names(state.step()));

        state.untrackedReleases(Optional.of(List.of(user)));
        assertEquals(KEEP, policies(state.step(), "app-used"), "the user is still being uninstalled");
        assertEquals("Terminating AWAITS_DEPENDENT app-user", state.decision("app-used"));
        state.untrackedReleases(Optional.empty());
        assertEquals(KEEP, policies(state.step(), "app-used"), "before the look-up");
        assertEquals("Terminating AWAITS_LOOKUP", state.decision("app-used"));
        state.untrackedReleases(Optional.of(List.of()));
        state.step();
        assertEquals(DELETE, policies(state.step(), "app-used"));
        assertEquals("usage-app-used-environment", names(state.step()));
    }

    @Test
    void anAppStaysWhileARequestedAppDependsOnIt() {
        var state = ready("user>used", "used").change(environment("user>used"));
        var response = state.step();
        assertEquals("app-used app-user", names(response));
        assertEquals(KEEP, policies(response, "app-used"));
        assertEquals(List.of("spec.apps[0].dependsOn[0]"), invalid(response));
    }

    @Test
    void twoAppsThatDependOnEachOtherAreRemovedOneAfterTheOther() {
        var state = ready("a>b", "b").change(environment());
        state.annotate("app-b", DEPENDS_ON, "app-a/READY/UNINSTALL_FIRST").step();
        state.annotate("app-b", DEPENDS_ON, "app-a/READY/UNINSTALL_FIRST");
        assertEquals(DELETE, policies(state.step(), "app-a"));
        state.annotate("app-b", DEPENDS_ON, "app-a/READY/UNINSTALL_FIRST");
        assertEquals("app-b usage-app-a-environment", names(state.step()));
    }

    @Test
    void onlySubjectsOfTheTeamAndOfAllTeamsAreInTheRoleBinding() {
        var subjects = Fixtures.settings(obj(
                "access",
                obj(
                        "subjects",
                        arr(
                                obj("kind", "Group", "name", "all"),
                                obj("kind", "Group", "name", "ours", "teams", arr("team-a", "team-b")),
                                obj("kind", "Group", "name", "theirs", "teams", arr("team-b"))))));
        var state = new ObservedStateFake(environment("a"), subjects).steps(7);
        assertEquals(
                List.of("all", "ours"),
                body(state.step(), "connect-role-binding").items("spec", "forProvider", "manifest", "subjects").stream()
                        .flatMap(subject -> subject.text("name").stream())
                        .toList());
        state.settings(Fixtures.settings(obj(
                "access", obj("subjects", arr(obj("kind", "Group", "name", "theirs", "teams", arr("team-b")))))));
        assertEquals(DELETE, policies(state.step(), "connect-role-binding"));
        assertEquals("app-a", names(state.step()));
    }

    @Test
    void theRightsOfSubjectsAreRemovedEvenWhileTheRequestIsInvalid() {
        var state = new ObservedStateFake(environment("a"), TEAM).steps(7);
        state.change(environment(obj("size", "nonsuch", "apps", arr(Fixtures.app("a")))));
        assertEquals("app-a connect-role connect-role-binding", names(state.step()));
        state.settings(Json.Obj.EMPTY);
        assertEquals(DELETE, policies(state.step(), "connect-role-binding"));
        assertEquals("app-a", names(state.step()));
    }

    @Test
    void theTtlGrowsWithTheAgeOfADeletion() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        assertEquals(5, seconds(state));
        var release = state.observed("app-b");
        state.untrackedReleases(Optional.of(List.of(release))).step();
        var seconds = Stream.of(1, 119, 120, 599, 600, 6000)
                .map(age -> Merge.over(
                        release,
                        obj(
                                "metadata",
                                obj(
                                        "deletionTimestamp",
                                        ObservedStateFake.NOW.minusSeconds(age).toString()))))
                .map(deleting -> seconds(state.untrackedReleases(Optional.of(List.of(deleting)))))
                .toList();
        assertEquals(List.of(5L, 5L, 15L, 15L, 60L, 60L), seconds);
        assertEquals(5, seconds(state.status("health", down())), "while the cluster does not respond");
        state.status("health", obj("conditions", release.items("status", "conditions")));
        state.untrackedReleases(Optional.of(List.of())).step();
        assertEquals(600, seconds(state));
    }

    @Test
    void theTtlOfAnAppThatWaitsForItsPredecessorGrowsWithTheAgeOfTheDeletion() {
        var state = ready("a", "b").change(environment("a")).steps(2);
        var deleting = Merge.over(
                state.observed("app-b"),
                obj(
                        "metadata",
                        obj(
                                "deletionTimestamp",
                                ObservedStateFake.NOW.minusSeconds(6000).toString())));
        state.untrackedReleases(Optional.of(List.of(deleting))).step();
        state.change(environment("a", "b"));
        assertEquals(60, seconds(state));
    }

    private static long seconds(ObservedStateFake state) {
        return state.call().getMeta().getTtl().getSeconds();
    }

    @Test
    void theRightsOfSubjectsAreRemovedWithTheSubjects() {
        var state = new ObservedStateFake(environment("a"), TEAM).steps(7);
        assertEquals("app-a connect-role connect-role-binding", names(state.step()));
        state.settings(Json.Obj.EMPTY);
        assertEquals(DELETE, policies(state.step(), "connect-role-binding"));
        assertEquals("app-a", names(state.step()));
    }
}
