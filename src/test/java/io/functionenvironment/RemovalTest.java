package io.functionenvironment;

import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.gone;
import static io.functionenvironment.Fixtures.leaving;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.results;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How an app goes that nobody asks for any more. */
class RemovalTest {
    private static final List<Json> DELETE =
            JsonLiteral.arr("Observe", "Delete").items();
    private static final List<Json> KEEP =
            JsonLiteral.arr("Observe", "Create", "Update", "LateInitialize").items();

    private static final Json.Obj TEAM = Fixtures.settings(JsonLiteral.obj(
            "access",
            JsonLiteral.obj("subjects", JsonLiteral.arr(JsonLiteral.obj("kind", "Group", "name", "team-a")))));

    @Test
    void theEnvironmentIsKeptFirstThenItIsAllowedToDeleteThenDropped() {
        var road = ready("a", "b").change(environment("a"));
        var first = road.step();
        assertEquals("app-a app-b usage-app-b-environment", names(first));
        assertEquals(KEEP, policies(first, "app-b"));
        var second = road.step();
        assertEquals("app-a app-b usage-app-b-environment", names(second));
        assertEquals(DELETE, policies(second, "app-b"));
        var third = road.step();
        assertEquals("app-a usage-app-b-environment", names(third));
        assertEquals("Removed: b is being uninstalled", results(third));
        var fourth = road.step();
        assertEquals("app-a", names(fourth));
        assertEquals("", results(fourth));
    }

    @Test
    void allElseOfItStaysAsItWas() {
        var road = ready("a").change(environment("b"));
        var before = road.observed("app-a").object("spec", "forProvider");
        assertEquals(before, Fixtures.body(road.step(), "app-a").object("spec", "forProvider"));
    }

    @Test
    void itIsLetGoWithAWordIfTheClusterIsGone() {
        var road = ready("a", "b").change(environment("a")).status("health", gone());
        var response = road.step();
        assertEquals("app-a", names(response));
        assertEquals(
                "Removed: b is orphaned (not uninstalled): its cluster does not respond",
                results(response)
                        .lines()
                        .filter(line -> line.startsWith("Removed"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void itWaitsWhileTheClusterMerelyRestarts() {
        var road = ready("a", "b").change(environment("a")).status("health", down());
        var response = road.step();
        assertEquals("app-a app-b", names(response));
        assertEquals(KEEP, policies(response, "app-b"));
        assertEquals("b: waits for its cluster to respond", leaving(response));
    }

    @Test
    void itLosesTheRightToDeleteAgainIfTheClusterStopsAnsweringMeanwhile() {
        var road = ready("a").change(environment()).steps(2);
        road.status("health", down());
        assertEquals(KEEP, policies(road.step(), "app-a"));
        road.status("health", gone());
        assertEquals("", names(road.step()));
    }

    @Test
    void theEnvironmentRemembersItUntilItIsGone() {
        var road = ready("a", "b").change(environment("a")).steps(2);
        var left = road.observed("app-b");
        road.leftovers(Optional.of(List.of(left)));
        assertEquals("b: is being uninstalled", leaving(road.step()));
        assertEquals("b: is being uninstalled", leaving(road.step()));
        road.leftovers(Optional.empty());
        assertEquals("b: is being uninstalled", leaving(road.step()), "nobody has looked");
        road.leftovers(Optional.of(List.of()));
        assertEquals("", leaving(road.step()));
        assertEquals(false, road.step().hasRequirements());
    }

    @Test
    void whatKeepsItFromGoingIsSaidInTheProvidersWords() {
        var road = ready("a", "b").change(environment("a")).steps(2);
        var stuck = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                JsonLiteral.obj("message", "delete failed: cannot uninstall"));
        road.leftovers(Optional.of(List.of(Merge.over(
                road.observed("app-b"),
                JsonLiteral.obj("status", JsonLiteral.obj("conditions", JsonLiteral.arr(stuck)))))));
        road.step();
        assertEquals("b: delete failed: cannot uninstall", leaving(road.step()));
    }

    @Test
    void itIsNotMadeAgainUntilItsFormerSelfIsGone() {
        var road = ready("a", "b").change(environment("a")).steps(2);
        road.leftovers(Optional.of(List.of(road.observed("app-b"))));
        road.step();
        road.change(environment("a", "b"));
        assertEquals("app-a usage-app-b-environment", names(road.step()));
        road.leftovers(Optional.of(List.of()));
        assertEquals("app-a app-b", names(road.step()));
    }

    @Test
    void aProviderThatLosesSightOfAHealthyClusterIsNoReasonToLetItGo() {
        var blind = JsonLiteral.obj(
                "conditions",
                JsonLiteral.arr(
                        Merge.over(
                                ObservedStateFake.condition("Ready", "True", "Available"),
                                JsonLiteral.obj(
                                        "lastTransitionTime",
                                        ObservedStateFake.START
                                                .minusSeconds(3600)
                                                .toString())),
                        ObservedStateFake.condition("Synced", "False", "ReconcileError")));
        var road = ready("a", "b").change(environment("a")).status("health", blind);
        assertEquals("app-a app-b", names(road.step()));
    }

    @Test
    void itIsUninstalledEvenIfItsInstallationIsStillUnderWay() {
        var begun = JsonLiteral.obj(
                "metadata",
                JsonLiteral.obj("annotations", JsonLiteral.obj("crossplane.io/external-create-pending", "2026")));
        var road =
                ready("a").edit("app-a", begun).status("app-a", Json.Obj.EMPTY).change(environment());
        road.step();
        assertEquals(DELETE, policies(road.step(), "app-a"));
    }

    @Test
    void itIsDroppedAtOnceIfItNeverWasInstalled() {
        var road = ready("a").status("app-a", Json.Obj.EMPTY).change(environment());
        assertEquals("", names(road.step()));
    }

    @Test
    void itIsLetGoIfHelmNoLongerKnowsIt() {
        var road = ready("a").change(environment()).steps(2);
        var missing = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                JsonLiteral.obj("message", "observe failed: external resource does not exist"));
        var status =
                JsonLiteral.obj("atProvider", JsonLiteral.obj("revision", 1), "conditions", JsonLiteral.arr(missing));
        road.status("app-a", status);
        assertEquals(KEEP, policies(road.step(), "app-a"));
        road.status("app-a", status);
        assertEquals("", names(road.step()));
    }

    @Test
    void itIsLetGoIfItsProviderHasNotReachedItForLong() {
        var unreachable = JsonLiteral.obj(
                "atProvider", JsonLiteral.obj("revision", 1),
                "conditions",
                        JsonLiteral.arr(Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                JsonLiteral.obj(
                                        "message",
                                        "observe failed: cluster unreachable",
                                        "lastTransitionTime",
                                        ObservedStateFake.START
                                                .minusSeconds(3600)
                                                .toString()))));
        var road = ready("a").status("app-a", unreachable).change(environment());
        assertEquals("", names(road.step()));
    }

    @Test
    void aRingOfThreeGoesOneAfterTheOther() {
        var needs = "environment.fn.crossplane.io/depends-on";
        var road = ready("a>b", "b>c", "c").change(environment());
        var gone = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            if (names(road.call()).contains("app-c")) {
                road.annotate("app-c", needs, "app-a/READY/UNINSTALL_FIRST");
            }
            gone.add(names(road.step()));
        }
        assertEquals("", gone.getLast());
    }

    @Test
    void whatItDependsOnGoesOnlyOnceItIsGone() {
        var road = ready("user>used", "used").change(environment());
        road.step();
        assertEquals(DELETE, policies(road.step(), "app-user"));
        var leaving = road.observed("app-user");
        assertEquals("app-used usage-app-user-environment", names(road.step()));

        road.leftovers(Optional.of(List.of(leaving)));
        assertEquals(KEEP, policies(road.step(), "app-used"), "the user is still being uninstalled");
        road.leftovers(Optional.empty());
        assertEquals(KEEP, policies(road.step(), "app-used"), "nobody has looked yet");
        road.leftovers(Optional.of(List.of()));
        road.step();
        assertEquals(DELETE, policies(road.step(), "app-used"));
        assertEquals("usage-app-used-environment", names(road.step()));
    }

    @Test
    void itStaysAsLongAsAnotherSaysThatItNeedsIt() {
        var road = ready("user>used", "used").change(environment("user>used"));
        var response = road.step();
        assertEquals("app-used app-user", names(response));
        assertEquals(KEEP, policies(response, "app-used"));
        assertEquals(
                "FALSE Invalid: spec.apps[0].dependsOn[0]: is \"used\", but no app has this name",
                Fixtures.condition(response, "Accepted"));
    }

    @Test
    void twoThatNeedEachOtherGoAllTheSame() {
        var road = ready("a>b", "b").change(environment());
        var needs = "environment.fn.crossplane.io/depends-on";
        road.annotate("app-b", needs, "app-a/READY/UNINSTALL_FIRST").step();
        road.annotate("app-b", needs, "app-a/READY/UNINSTALL_FIRST");
        assertEquals(DELETE, policies(road.step(), "app-a"));
        road.annotate("app-b", needs, "app-a/READY/UNINSTALL_FIRST");
        assertEquals("app-b usage-app-a-environment", names(road.step()));
    }

    @Test
    void onlyThoseWhoMayConnectToTheEnvironmentsOfATeamAreBoundToThem() {
        var subjects = Fixtures.settings(JsonLiteral.obj(
                "access",
                JsonLiteral.obj(
                        "subjects",
                        JsonLiteral.arr(
                                JsonLiteral.obj("kind", "Group", "name", "all"),
                                JsonLiteral.obj(
                                        "kind", "Group", "name", "ours", "teams", JsonLiteral.arr("team-a", "team-b")),
                                JsonLiteral.obj(
                                        "kind", "Group", "name", "theirs", "teams", JsonLiteral.arr("team-b"))))));
        var road = new ObservedStateFake(environment("a"), subjects).steps(7);
        assertEquals(
                List.of("all", "ours"),
                Fixtures.body(road.step(), "connect-role-binding")
                        .items("spec", "forProvider", "manifest", "subjects")
                        .stream()
                        .flatMap(subject -> subject.text("name").stream())
                        .toList());
        road.settings(Fixtures.settings(JsonLiteral.obj(
                "access",
                JsonLiteral.obj(
                        "subjects",
                        JsonLiteral.arr(JsonLiteral.obj(
                                "kind", "Group", "name", "theirs", "teams", JsonLiteral.arr("team-b")))))));
        assertEquals(DELETE, policies(road.step(), "connect-role-binding"));
        assertEquals("app-a", names(road.step()));
    }

    @Test
    void nobodyKeepsRightsByAskingForWhatCannotBeCarriedOut() {
        var road = new ObservedStateFake(environment("a"), TEAM).steps(7);
        road.change(environment(JsonLiteral.obj("size", "nonsuch", "apps", JsonLiteral.arr(Fixtures.app("a")))));
        assertEquals("app-a connect-role connect-role-binding", names(road.step()));
        road.settings(Json.Obj.EMPTY);
        assertEquals(DELETE, policies(road.step(), "connect-role-binding"));
        assertEquals("app-a", names(road.step()));
    }

    @Test
    void whatDoesNotGoIsLookedAtLessAndLessOften() {
        var road = ready("a", "b").change(environment("a")).steps(2);
        assertEquals(5, seconds(road));
        var left = road.observed("app-b");
        road.leftovers(Optional.of(List.of(left))).step();
        var seconds = Stream.of(1, 119, 120, 599, 600, 6000)
                .map(age -> Merge.over(
                        left,
                        JsonLiteral.obj(
                                "metadata",
                                JsonLiteral.obj(
                                        "deletionTimestamp",
                                        ObservedStateFake.NOW.minusSeconds(age).toString()))))
                .map(going -> seconds(road.leftovers(Optional.of(List.of(going)))))
                .toList();
        assertEquals(List.of(5L, 5L, 15L, 15L, 60L, 60L), seconds);
        assertEquals(5, seconds(road.status("health", down())), "the cluster is looked at as often as ever");
        road.status("health", JsonLiteral.obj("conditions", left.items("status", "conditions")));
        road.leftovers(Optional.of(List.of())).step();
        assertEquals(600, seconds(road));
    }

    private static long seconds(ObservedStateFake road) {
        return road.call().getMeta().getTtl().getSeconds();
    }

    @Test
    void theRightsOfSubjectsGoWithThem() {
        var road = new ObservedStateFake(environment("a"), TEAM).steps(7);
        assertEquals("app-a connect-role connect-role-binding", names(road.step()));
        road.settings(Json.Obj.EMPTY);
        assertEquals(DELETE, policies(road.step(), "connect-role-binding"));
        assertEquals("app-a", names(road.step()));
    }
}
