package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster becomes smaller only when there is room for what runs: under too small a quota it could not start again. */
class QuotaHeadroomTest {
    private static final String BASIS = "environment.fn.crossplane.io/values-fingerprint";
    private static final String ACCEPTED = "TRUE Accepted: The Environment is valid.";
    private static final String SERVING = "TRUE Available: The cluster is available.";
    private static final String USUAL = "app-a";
    private static final String WATCHED = USUAL + " quota";
    private static final Json.Obj UNLIMITED = settings(obj("vcluster", obj("isolation", obj("quota", false))));

    @Test
    void aClusterThatGrowsNeedsNoRoom() {
        var response = made("small").change(sized("large")).step();
        assertEquals(USUAL, names(response));
        assertEquals("83", pods(response));
    }

    @Test
    void beforeAClusterShrinksItIsLookedAtWhatIsUsed() {
        var road = made("medium");
        var before = road.observed("cluster");
        var response = road.change(sized("small")).call();
        assertEquals(WATCHED, names(response));
        assertEquals(before.object("spec"), body(response, "cluster").object("spec"));
        assertTrue(basis(body(response, "cluster")).startsWith("held-"), "so that it is made anew once there is room");
        assertEquals(ACCEPTED, condition(response, "Accepted"));
        assertEquals("FALSE Progressing: The cluster is being updated.", condition(response, "ClusterReady"));
        assertEquals(
                "READY_FALSE", response.getDesired().getComposite().getReady().name());
    }

    @Test
    void theQuotaOfTheHostNamespaceIsOnlyObserved() {
        var room = body(made("medium").change(sized("small")).call(), "quota");
        assertEquals(arr("Observe").items(), room.items("spec", "managementPolicies"));
        assertEquals(
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ResourceQuota",
                        "metadata",
                        obj("name", "vc-dev", "namespace", "env-team-a-dev-jpaxfzo35gcbqyrz")),
                room.object("spec", "forProvider", "manifest"));
    }

    @Test
    void aQuotaThatNobodyHasCountedYetSaysNothing() {
        var road = made("medium").change(sized("small"));
        road.step();
        var response = road.status("quota", used(Json.Obj.EMPTY)).call();
        assertEquals("43", pods(response));
        assertEquals(ACCEPTED, condition(response, "Accepted"));
    }

    @Test
    void withRoomTheClusterShrinksAndNobodyWatchesAnyMore() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "23", "requests.cpu", "4500m")));
        var shrinking = road.step();
        assertEquals("23", pods(shrinking));
        assertEquals(WATCHED, names(shrinking));
        assertEquals(ACCEPTED, condition(shrinking, "Accepted"));
        var done = road.step();
        assertEquals("23", pods(done));
        assertEquals(USUAL, names(done));
        assertEquals("ClusterReady: The cluster is available.", Fixtures.results(done));
    }

    @Test
    void withoutRoomTheClusterStaysAndAcceptedSaysWhatIsInTheWay() {
        var road = looking("medium", "small");
        var before = road.observed("cluster");
        var response = road.status("quota", used(obj("requests.memory", "6Gi", "count/pods", "24", "limits.cpu", "13")))
                .call();
        assertEquals(WATCHED, names(response));
        assertEquals(before.object("spec"), body(response, "cluster").object("spec"));
        assertTrue(basis(body(response, "cluster")).startsWith("held-"), "so that it is made anew once there is room");
        assertEquals(
                "FALSE Invalid: spec.size: is \"small\", which is too small for what runs: that takes 24 of 23 count/pods,"
                        + " 6144Mi of 5460Mi requests.memory; remove apps or request a larger size; until then"
                        + " the cluster keeps its size",
                condition(response, "Accepted"));
        assertEquals(SERVING, condition(response, "ClusterReady"));
    }

    @Test
    void itShrinksByItselfWhenRoomAppears() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "24")));
        road.step();
        var response = road.status("quota", used(obj("count/pods", "22"))).step();
        assertEquals("23", pods(response));
        assertEquals(ACCEPTED, condition(response, "Accepted"));
    }

    @Test
    void nobodyWatchesWhenTheFormerSizeIsAskedForAgain() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "24")));
        var response = road.change(sized("medium")).step();
        assertEquals("43", pods(response));
        assertEquals(USUAL, names(response));
        assertEquals(ACCEPTED, condition(response, "Accepted"));
    }

    @Test
    void aNewerKubernetesIsNotHeldUp() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "24")));
        var response = road.change(
                        environment(obj("size", "small", "kubernetesVersion", "1.36", "apps", arr(app("a")))))
                .call();
        assertEquals("43", pods(response));
        assertEquals(
                "v1.36.0",
                body(response, "cluster")
                        .text("spec", "forProvider", "values", "controlPlane", "distro", "k8s", "version")
                        .orElse(""));
    }

    @Test
    void aSizeThatThePlatformMakesSmallerIsNoDifferent() {
        var road = made("small");
        road.settings(settings(obj("sizes", obj("small", obj("vcluster", obj("pods", 3, "storage", "9Gi"))))))
                .step();
        var response = road.status("quota", used(obj("count/pods", "7"))).call();
        assertEquals("23", pods(response));
        assertEquals(
                "FALSE Invalid: spec.size: is \"small\", which is too small for what runs: that takes 7 of 6 count/pods;"
                        + " remove apps or request a larger size; until then the cluster keeps its size",
                condition(response, "Accepted"));
    }

    @Test
    void quantitiesAreComparedHoweverTheyAreWritten() {
        var same = settings(obj(
                "vcluster",
                obj(
                        "values",
                        obj(
                                "policies",
                                obj(
                                        "resourceQuota",
                                        obj("quota", obj("requests.cpu", 5, "requests.memory", "5725224960")))))));
        assertEquals(USUAL, names(made("small").settings(same).call()));
        var odd = settings(obj(
                "vcluster",
                obj("values", obj("policies", obj("resourceQuota", obj("quota", obj("requests.cpu", "few")))))));
        assertEquals(USUAL, names(made("small").settings(odd).call()));
    }

    @Test
    void aQuotaThatCannotBeSeenIsSaidAndNothingShrinks() {
        var refused = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "observe failed: resourcequotas \"vc-dev\" is forbidden"));
        var response = looking("medium", "small")
                .status("quota", obj("conditions", arr(refused)))
                .call();
        assertEquals("43", pods(response));
        assertEquals(
                "FALSE Failing: quota: observe failed: resourcequotas \"vc-dev\" is forbidden",
                condition(response, "ClusterReady"));
    }

    @Test
    void withoutAQuotaThereIsNothingToLookAt() {
        var road = new ObservedStateFake(sized("medium"), UNLIMITED).steps(6);
        assertEquals(USUAL, names(road.change(sized("small")).call()));
        assertEquals(
                USUAL,
                names(made("medium").settings(UNLIMITED).change(sized("small")).call()));
    }

    @Test
    void aClusterThatNeverServedHasNothingToMakeRoomFor() {
        var road = new ObservedStateFake(sized("medium"), Json.Obj.EMPTY)
                .withoutKubeconfig()
                .steps(4);
        var response = road.change(sized("small")).call();
        assertEquals("23", pods(response));
    }

    @Test
    void whatIsWatchedStaysWhileTheSizeIsUnknown() {
        var road = looking("medium", "small");
        assertEquals(WATCHED, names(road.change(sized("huge")).call()));
    }

    @Test
    void whatTheControlPlaneItselfGivesBackIsRoom() {
        var road = looking("large", "small").status("quota", used(obj("limits.memory", "10410Mi", "count/pods", 5)));
        assertEquals("23", pods(road.call()));
        assertEquals(ACCEPTED, condition(road.call(), "Accepted"));
    }

    @Test
    void whatTheControlPlaneTakesMoreIsNoRoom() {
        var road = made("small")
                .settings(settings(obj(
                        "sizes",
                        obj("small", obj("vcluster", obj("memory", "3Gi", "controlPlane", obj("memory", "3Gi")))))));
        road.step();
        var response = road.status("quota", used(obj("limits.memory", "8Gi"))).call();
        assertEquals(
                "FALSE Invalid: spec.size: is \"small\", which is too small for what runs: that takes 10240Mi of"
                        + " 9556Mi limits.memory; remove apps or request a larger size; until then the"
                        + " cluster keeps its size",
                condition(response, "Accepted"));
    }

    @Test
    void aVolumeThatStaysAsItIsNeedsNoRoom() {
        var bigger = settings(obj("sizes", obj("medium", obj("vcluster", obj("storage", "50Gi")))));
        var road = new ObservedStateFake(sized("medium"), bigger)
                .steps(6)
                .change(sized("small"))
                .steps(1);
        assertEquals(
                "23",
                pods(road.status("quota", used(obj("requests.storage", "50Gi", "count/persistentvolumeclaims", 30)))
                        .call()));
    }

    @Test
    void withoutRoomAllElseThatIsAskedForIsCarriedOut() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "24")));
        road.settings(settings(obj("vcluster", obj("imageRegistry", "registry.example.org"))));
        var values = body(road.call(), "cluster").object("spec", "forProvider", "values");
        assertEquals(
                Optional.of("registry.example.org"), values.text("controlPlane", "advanced", "defaultImageRegistry"));
        assertEquals("43", pods(road.call()));
    }

    /** An older release of ours is played by values of another origin, of which the basis says that they were made of this. */
    @Test
    void whatIsHeldStaysUnderALaterReleaseAndIsMadeAnewWithRoom() {
        var road = looking("medium", "small").status("quota", used(obj("count/pods", "24")));
        road.step();
        var wishes = basis(road.observed("cluster")).split("-", 3)[1];
        var older = obj("controlPlane", obj("advanced", obj("defaultImageRegistry", "registry.example.org")));
        road.edit("cluster", obj("spec", obj("forProvider", obj("values", older))));
        var values = road.observed("cluster").object("spec", "forProvider", "values");
        road.annotate("cluster", BASIS, "held-" + wishes + "-" + Digest.of(values));
        road.status("quota", used(obj("count/pods", "24")));
        assertEquals(values, body(road.step(), "cluster").object("spec", "forProvider", "values"));
        var response = road.status("quota", used(obj("count/pods", "22"))).call();
        assertEquals("23", pods(response));
        assertEquals(
                Optional.empty(),
                body(response, "cluster")
                        .text("spec", "forProvider", "values", "controlPlane", "advanced", "defaultImageRegistry"));
    }

    private static ObservedStateFake made(String size) {
        return new ObservedStateFake(sized(size), Json.Obj.EMPTY).steps(6);
    }

    /** Another size was asked for, and what is used is being watched. */
    private static ObservedStateFake looking(String before, String after) {
        return made(before).change(sized(after)).steps(1);
    }

    private static Json.Obj sized(String size) {
        return environment(obj("size", size, "apps", arr(app("a"))));
    }

    private static Json.Obj used(Json.Obj used) {
        return obj(
                "atProvider",
                obj("manifest", obj("status", obj("used", used))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", used.isEmpty() ? "False" : "True", "Available")));
    }

    private static String pods(RunFunctionResponse response) {
        return body(response, "cluster")
                .number("spec", "forProvider", "values", "policies", "resourceQuota", "quota", "count/pods")
                .map(pods -> String.valueOf(pods.intValue()))
                .orElse("");
    }

    private static String basis(Json release) {
        return release.text("metadata", "annotations", BASIS).orElse("");
    }
}
