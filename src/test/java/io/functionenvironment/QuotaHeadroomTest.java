package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A quota shrinks only if what runs fits into it: the control plane could not restart under a smaller one. */
class QuotaHeadroomTest {
    private static final String FINGERPRINT = "environment.fn.crossplane.io/values-fingerprint";
    private static final String WITHOUT_QUOTA = "app-a";
    private static final String WITH_QUOTA = "app-a quota";
    private static final Pattern EXCEEDED = Pattern.compile("\\w+ [a-z]+([.][a-z]+)? used, \\w+ allowed");
    private static final Json.Obj UNLIMITED = settings(obj("vcluster", obj("isolation", obj("quota", false))));

    @Test
    void aQuotaGrowsWithoutALookAtItsUsage() {
        var response = ready("small").change(sized("large")).step();
        assertEquals(WITHOUT_QUOTA, names(response));
        assertEquals("83", pods(response));
    }

    @Test
    void aQuotaIsObservedBeforeItShrinks() {
        var state = ready("medium");
        var before = state.observed("cluster");
        var response = state.change(sized("small")).call();
        assertEquals(WITH_QUOTA, names(response));
        assertEquals(before.object("spec"), body(response, "cluster").object("spec"));
        assertTrue(fingerprint(body(response, "cluster")).startsWith("held-"));
        assertEquals("TRUE Accepted", reason(response, "Accepted"));
        assertEquals("FALSE Progressing", reason(response, "ClusterReady"));
        assertEquals(
                "READY_FALSE", response.getDesired().getComposite().getReady().name());
    }

    @Test
    void theQuotaOfTheHostNamespaceIsOnlyObserved() {
        var quota = body(ready("medium").change(sized("small")).call(), "quota");
        assertEquals(arr("Observe").items(), quota.items("spec", "managementPolicies"));
        assertEquals(
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ResourceQuota",
                        "metadata",
                        obj("name", "vc-dev", "namespace", "env-team-a-dev-jpaxfzo35gcbqyrz")),
                quota.object("spec", "forProvider", "manifest"));
    }

    @Test
    void theQuotaStaysWhileItsUsageIsUnknown() {
        var state = ready("medium").change(sized("small"));
        state.step();
        var response = state.status("quota", used(Json.Obj.EMPTY)).call();
        assertEquals("43", pods(response));
        assertEquals("TRUE Accepted", reason(response, "Accepted"));
    }

    @Test
    void theQuotaShrinksIfItsUsageFitsAndIsNoLongerObservedAfterwards() {
        var state =
                observing("medium", "small").status("quota", used(obj("count/pods", "23", "requests.cpu", "4500m")));
        var shrinking = state.step();
        assertEquals("23", pods(shrinking));
        assertEquals(WITH_QUOTA, names(shrinking));
        assertEquals("TRUE Accepted", reason(shrinking, "Accepted"));
        var done = state.step();
        assertEquals("23", pods(done));
        assertEquals(WITHOUT_QUOTA, names(done));
        assertEquals(List.of("ClusterReady"), events(done));
    }

    @Test
    void theQuotaStaysIfItsUsageDoesNotFitAndTheErrorNamesTheExceededResources() {
        var state = observing("medium", "small");
        var before = state.observed("cluster");
        var response = state.status(
                        "quota", used(obj("requests.memory", "6Gi", "count/pods", "24", "limits.cpu", "13")))
                .call();
        assertEquals(WITH_QUOTA, names(response));
        assertEquals(before.object("spec"), body(response, "cluster").object("spec"));
        assertTrue(fingerprint(body(response, "cluster")).startsWith("held-"));
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals("24 pods used, 23 allowed; 6144Mi requests.memory used, 5460Mi allowed", exceeded(response));
        assertEquals("TRUE Available", reason(response, "ClusterReady"));
    }

    @Test
    void theQuotaShrinksOnceItsUsageFits() {
        var state = observing("medium", "small").status("quota", used(obj("count/pods", "24")));
        state.step();
        var response = state.status("quota", used(obj("count/pods", "22"))).step();
        assertEquals("23", pods(response));
        assertEquals("TRUE Accepted", reason(response, "Accepted"));
    }

    @Test
    void theQuotaIsNoLongerObservedWhenThePreviousSizeIsRequestedAgain() {
        var state = observing("medium", "small").status("quota", used(obj("count/pods", "24")));
        var response = state.change(sized("medium")).step();
        assertEquals("43", pods(response));
        assertEquals(WITHOUT_QUOTA, names(response));
        assertEquals("TRUE Accepted", reason(response, "Accepted"));
    }

    @Test
    void kubernetesIsUpgradedWhileTheQuotaStays() {
        var state = observing("medium", "small").status("quota", used(obj("count/pods", "24")));
        var response = state.change(
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
    void aSizeThatThePlatformReducesIsTreatedLikeASmallerSize() {
        var state = ready("small");
        state.settings(settings(obj("sizes", obj("small", obj("vcluster", obj("pods", 3, "storage", "9Gi"))))))
                .step();
        var response = state.status("quota", used(obj("count/pods", "7"))).call();
        assertEquals("23", pods(response));
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals("7 pods used, 6 allowed", exceeded(response));
    }

    @Test
    void quantitiesAreComparedByAmount() {
        var same = settings(obj(
                "vcluster",
                obj(
                        "values",
                        obj(
                                "policies",
                                obj(
                                        "resourceQuota",
                                        obj("quota", obj("requests.cpu", 5, "requests.memory", "5725224960")))))));
        assertEquals(WITHOUT_QUOTA, names(ready("small").settings(same).call()));
        var malformed = settings(obj(
                "vcluster",
                obj("values", obj("policies", obj("resourceQuota", obj("quota", obj("requests.cpu", "few")))))));
        assertEquals(WITHOUT_QUOTA, names(ready("small").settings(malformed).call()));
    }

    @Test
    void aQuotaThatCannotBeObservedIsReportedAndStays() {
        var forbidden = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "observe failed: resourcequotas \"vc-dev\" is forbidden"));
        var response = observing("medium", "small")
                .status("quota", obj("conditions", arr(forbidden)))
                .call();
        assertEquals("43", pods(response));
        assertEquals("FALSE Failing", reason(response, "ClusterReady"));
    }

    @Test
    void noQuotaIsObservedIfThePlatformDisablesQuotas() {
        var state = new ObservedStateFake(sized("medium"), UNLIMITED).steps(6);
        assertEquals(WITHOUT_QUOTA, names(state.change(sized("small")).call()));
        assertEquals(
                WITHOUT_QUOTA,
                names(ready("medium").settings(UNLIMITED).change(sized("small")).call()));
    }

    @Test
    void theQuotaOfAClusterThatWasNeverAvailableShrinksAtOnce() {
        var state = new ObservedStateFake(sized("medium"), Json.Obj.EMPTY)
                .withoutKubeconfig()
                .steps(4);
        var response = state.change(sized("small")).call();
        assertEquals("23", pods(response));
    }

    @Test
    void anObservedQuotaStaysObservedWhileTheSizeIsUnknown() {
        var state = observing("medium", "small");
        assertEquals(WITH_QUOTA, names(state.change(sized("huge")).call()));
    }

    @Test
    void whatASmallerControlPlaneNoLongerTakesCountsAsRoom() {
        var state = observing("large", "small").status("quota", used(obj("limits.memory", "12458Mi", "count/pods", 5)));
        assertEquals("23", pods(state.call()));
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
    }

    @Test
    void whatALargerControlPlaneTakesDoesNotCountAsRoom() {
        var state = ready("small")
                .settings(settings(obj(
                        "sizes",
                        obj(
                                "small",
                                obj(
                                        "vcluster",
                                        obj(
                                                "memory",
                                                "3Gi",
                                                "controlPlane",
                                                obj("memory", "3Gi"),
                                                "containerLimits",
                                                obj("memory", "256Mi")))))));
        state.step();
        var response = state.status("quota", used(obj("limits.memory", "8Gi"))).call();
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals("10240Mi limits.memory used, 9556Mi allowed", exceeded(response));
    }

    @Test
    void theVolumeOfTheControlPlaneNeedsNoRoom() {
        var bigger = settings(obj("sizes", obj("medium", obj("vcluster", obj("storage", "50Gi")))));
        var state = new ObservedStateFake(sized("medium"), bigger)
                .steps(6)
                .change(sized("small"))
                .steps(1);
        assertEquals(
                "23",
                pods(state.status("quota", used(obj("requests.storage", "50Gi", "count/persistentvolumeclaims", 30)))
                        .call()));
    }

    @Test
    void otherChangesAreAppliedWhileTheQuotaStays() {
        var state = observing("medium", "small").status("quota", used(obj("count/pods", "24")));
        state.settings(settings(obj("vcluster", obj("imageRegistry", "registry.example.org"))));
        var values = body(state.call(), "cluster").object("spec", "forProvider", "values");
        assertEquals(
                Optional.of("registry.example.org"), values.text("controlPlane", "advanced", "defaultImageRegistry"));
        assertEquals("43", pods(state.call()));
    }

    /** Simulates an earlier release of the function by other values with a fingerprint of the same request. */
    @Test
    void heldValuesOfAnEarlierReleaseStayUntilTheUsageFits() {
        var state = observing("medium", "small").status("quota", used(obj("count/pods", "24")));
        state.step();
        var request = fingerprint(state.observed("cluster")).split("-", 3)[1];
        var older = obj("controlPlane", obj("advanced", obj("defaultImageRegistry", "registry.example.org")));
        state.edit("cluster", obj("spec", obj("forProvider", obj("values", older))));
        var values = state.observed("cluster").object("spec", "forProvider", "values");
        state.annotate("cluster", FINGERPRINT, "held-" + request + "-" + Digest.of(values));
        state.status("quota", used(obj("count/pods", "24")));
        assertEquals(values, body(state.step(), "cluster").object("spec", "forProvider", "values"));
        var response = state.status("quota", used(obj("count/pods", "22"))).call();
        assertEquals("23", pods(response));
        assertEquals(
                Optional.empty(),
                body(response, "cluster")
                        .text("spec", "forProvider", "values", "controlPlane", "advanced", "defaultImageRegistry"));
    }

    /** An Environment of a size, with an app. */
    private static ObservedStateFake ready(String size) {
        return new ObservedStateFake(sized(size), Json.Obj.EMPTY).steps(6);
    }

    /** Another size is requested, and the quota is observed. */
    private static ObservedStateFake observing(String before, String after) {
        return ready(before).change(sized(after)).steps(1);
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

    private static String fingerprint(Json release) {
        return release.text("metadata", "annotations", FINGERPRINT).orElse("");
    }

    /** The resources, in the error, whose usage exceeds the requested quota. */
    private static String exceeded(RunFunctionResponse response) {
        return EXCEEDED.matcher(condition(response, "Accepted"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("; "));
    }
}
