package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.gone;
import static io.functionenvironment.Fixtures.leaving;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of an app that is leaving when its Environment is deleted, or its cluster dies. */
class EnvironmentDeletionGuardTest {
    private static final String WITHOUT = "app-a";
    private static final String WITH = "app-a app-b";
    private static final String USAGE = "usage-app-b-environment";
    private static final List<Json> KEEP =
            arr("Observe", "Create", "Update", "LateInitialize").items();
    private static final List<Json> DELETE = arr("Observe", "Delete").items();
    private static final List<Json> OBSERVE = arr("Observe").items();
    private static final String ENDING = "b: is orphaned (not uninstalled): the Environment is being deleted";

    /** App b may delete, and is dropped with the next call. */
    private static ObservedStateFake mayDelete() {
        return ready("a", "b").change(environment("a")).steps(2);
    }

    /** App b is dropped, and found in the look-up. */
    private static ObservedStateFake dropped() {
        var road = mayDelete();
        var deleting = Merge.over(
                road.observed("app-b"),
                obj(
                        "metadata",
                        obj("deletionTimestamp", ObservedStateFake.START.toString(), "finalizers", arr("provider"))));
        return road.leftovers(Optional.of(List.of(deleting))).steps(1);
    }

    @Test
    void theUsageSaysThatTheEnvironmentCanBeDeletedInAMoment() {
        assertEquals(
                obj(
                        "of",
                        obj(
                                "apiVersion", "platform.internal/v1beta1",
                                "kind", "Environment",
                                "resourceRef", obj("name", "dev")),
                        "reason",
                        "something is being uninstalled from its cluster; retry the deletion in a few seconds",
                        "replayDeletion",
                        false),
                body(mayDelete().call(), USAGE).object("spec"));
    }

    @Test
    void anAttemptThatWasNotedBeforeDoesNotKeepTheAppFromBeingUninstalled() {
        var road = ready("a", "b").change(environment("a")).refuseDeletion().steps(2);
        assertEquals(
                "something is being uninstalled from its cluster; retry the deletion when it is finished",
                body(road.call(), USAGE).text("spec", "reason").orElse(""));
        assertEquals(WITHOUT + " " + USAGE, names(road.step()), "so it is uninstalled all the same");
    }

    @Test
    void itIsNotAllowedToDeleteBeforeTheUsageIsReady() {
        var road = ready("a", "b").change(environment("a")).steps(1).status(USAGE, Json.Obj.EMPTY);
        var young = obj(
                "metadata",
                obj("creationTimestamp", ObservedStateFake.NOW.minusSeconds(29).toString()));
        var old = obj(
                "metadata",
                obj("creationTimestamp", ObservedStateFake.NOW.minusSeconds(31).toString()));
        assertEquals(KEEP, policies(road.edit(USAGE, young).call(), "app-b"));
        assertEquals(DELETE, policies(road.edit(USAGE, old).call(), "app-b"), "Usages may be switched off");
    }

    @Test
    void itLosesTheRightToDeleteWhenTheEnvironmentIsDeletedAndIsThenLetGo() {
        var road = mayDelete().refuseDeletion();
        var first = road.step();
        assertEquals(WITH + " " + USAGE, names(first));
        assertEquals(KEEP, policies(first, "app-b"));
        assertEquals(ENDING, leaving(first));
        assertEquals(
                "Ready: a runs in vcluster dev (Kubernetes 1.35). Removing b. Retry the deletion in a few seconds.",
                io.functionenvironment.crossplane.wire.StructCodec.tree(
                                first.getDesired().getComposite().getResource())
                        .text("status", "summary")
                        .orElse(""));
        assertEquals(WITHOUT, names(road.step()));
    }

    @Test
    void noOtherBeginsToGoByItselfWhileADeletionWaits() {
        var road = ready("a", "b", "c").change(environment("a", "c")).steps(2);
        var response = road.change(environment("a")).refuseDeletion().step();
        assertEquals(WITH + " " + USAGE, names(response));
        assertEquals(
                "Removed: c is orphaned (not uninstalled): the Environment is being deleted",
                Fixtures.results(response));
    }

    @Test
    void whatWasDroppedIsTakenBackToBeLetGoWhenTheEnvironmentIsDeleted() {
        var road = dropped().refuseDeletion();
        var name = road.leftover().text("metadata", "name");
        var first = road.step();
        assertEquals(WITH + " " + USAGE, names(first));
        assertEquals(OBSERVE, policies(first, "app-b"));
        assertEquals(name, body(first, "app-b").text("metadata", "name"));
        assertEquals(ENDING, leaving(first));
        road.edit("app-b", obj("metadata", road.leftover().object("metadata")));
        var second = road.step();
        assertEquals(WITH, names(second), "it can no longer hang, so nothing keeps the Environment");
        assertEquals(
                Fixtures.body(first, "app-b").object("spec"),
                body(second, "app-b").object("spec"));
        road.edit("app-b", obj("metadata", road.leftover().object("metadata")));
        assertEquals(WITH, names(road.step()), "nor does anything begin to keep it again");
        road.leftovers(Optional.of(List.of())).delete("app-b");
        assertEquals(WITHOUT, names(road.step()));
        assertEquals("", leaving(road.step()));
    }

    @Test
    void whatWasTakenBackTooLateIsDroppedAgain() {
        var road = dropped().refuseDeletion().steps(1);
        assertEquals(WITHOUT, names(road.step()), "it was gone, and Crossplane made another");
    }

    @Test
    void whatWasDroppedIsLetGoWhenItsClusterIsGone() {
        assertEquals(
                WITHOUT + " " + USAGE, names(dropped().status("health", down()).call()), "it may be a restart");
        var road = dropped().status("health", gone());
        assertEquals(OBSERVE, policies(road.call(), "app-b"));
        assertEquals("b: is orphaned (not uninstalled): its cluster does not respond", leaving(road.call()));
    }

    @Test
    void whatCannotBeUninstalledIsLetGoOnlyAfterAnAttemptToDeleteThatWasNotedBefore() {
        var failing = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "delete failed: a hook failed"));
        var road = dropped();
        var stuck = Merge.over(road.leftover(), obj("status", obj("conditions", arr(failing))));
        var before = obj(
                "metadata",
                obj("deletionTimestamp", ObservedStateFake.NOW.minusSeconds(121).toString()));
        var lately = obj(
                "metadata",
                obj("deletionTimestamp", ObservedStateFake.NOW.minusSeconds(119).toString()));
        road.leftovers(Optional.of(List.of(Merge.over(stuck, before))));
        assertEquals(WITHOUT + " " + USAGE, names(road.call()), "whoever deletes has it let go");
        road.annotate(USAGE, "environment.fn.crossplane.io/attempted-before", "true")
                .refuseDeletion();
        assertEquals(OBSERVE, policies(road.call(), "app-b"));
        assertEquals(
                "b: is orphaned (not uninstalled): uninstalling fails and blocks the deletion of the Environment",
                leaving(road.call()));
        road.leftovers(Optional.of(List.of(Merge.over(stuck, lately))));
        assertEquals(WITHOUT + " " + USAGE, names(road.call()), "it may still succeed");
    }

    @Test
    void whatIsAskedForAgainIsLetGoFirstWhenItsClusterIsGone() {
        var road = dropped().change(environment("a", "b"));
        assertEquals(WITHOUT + " " + USAGE, names(road.call()));
        var response = road.status("health", gone()).step();
        assertEquals(OBSERVE, policies(response, "app-b"));
        road.leftovers(Optional.of(List.of())).delete("app-b");
        assertEquals(KEEP, policies(road.step(), "app-b"));
    }

    @Test
    void whatAFormerEnvironmentLeftIsNotTouched() {
        var road = dropped().status("health", gone());
        var former = Merge.over(
                road.leftover(),
                obj("metadata", obj("ownerReferences", arr(obj("uid", "another")), "name", "another")));
        assertEquals(WITHOUT, names(road.leftovers(Optional.of(List.of(former))).call()));
    }
}
