package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A size with high availability has several control planes, and a cluster keeps the store that it was created with. */
class VclusterAvailabilityTest {
    private static final Json.Obj HIGH = obj("highAvailability", true);
    private static final String[] STORE = {"controlPlane", "backingStore", "etcd", "deploy", "statefulSet"};

    private static Json.Obj offer(Json.Obj high) {
        var shipped = obj(
                "cpu", "2",
                "memory", "4Gi",
                "pods", 20,
                "volumes", "20Gi",
                "storage", "5Gi",
                "controlPlane", obj("cpu", "1", "memory", "1Gi"));
        return settings(obj("sizes", obj("high", obj("vcluster", Merge.over(shipped, high)))));
    }

    private static Json.Obj sized(String size) {
        return environment(obj("size", size, "apps", arr(Fixtures.app("a"))));
    }

    private static ObservedStateFake ready(String size) {
        return new ObservedStateFake(sized(size), offer(HIGH)).steps(8);
    }

    private static Json.Obj values(RunFunctionResponse response) {
        return body(response, "cluster").object("spec", "forProvider", "values");
    }

    /** The quota that a size with high availability has in addition. */
    @Test
    void theQuotaHasRoomForAllPodsOfTheClusterItself() {
        var single = values(ready("small").call()).object("policies", "resourceQuota", "quota");
        var high = values(ready("high").call()).object("policies", "resourceQuota", "quota");
        var differences = new TreeMap<String, String>();
        high.fields()
                .forEach((key, value) -> single.at(key)
                        .filter(other -> !other.equals(value))
                        .ifPresent(other -> differences.put(key, text(other) + " → " + text(value))));
        assertEquals(
                "{count/endpoints=60 → 64, count/endpointslices.discovery.k8s.io=120 → 128,"
                        + " count/ingresses.networking.k8s.io=30 → 32, count/persistentvolumeclaims=21 → 23, count/pods=23 → 30,"
                        + " count/services=30 → 32, limits.cpu=23000m → 30000m,"
                        + " limits.ephemeral-storage=198656Mi → 256000Mi, limits.memory=11604Mi → 17918Mi,"
                        + " requests.cpu=5000m → 12000m, requests.ephemeral-storage=47104Mi → 61440Mi,"
                        + " requests.memory=5460Mi → 11774Mi, requests.storage=25600Mi → 35840Mi}",
                differences.toString());
    }

    private static String text(Json value) {
        return value instanceof Json.Num(var number) ? String.valueOf((int) number) : ((Json.Text) value).value();
    }

    @Test
    void theReadinessOfTheDeploymentShowsWhetherTheClusterServes() {
        var manifest = body(ready("high").call(), "health").object("spec", "forProvider", "manifest");
        assertEquals(Optional.of("Deployment"), manifest.text("kind"));
    }

    @Test
    void aDrainTakesOnePodAtATimeOfControlPlanesAndEtcdTogether() {
        var response = ready("high").call();
        assertEquals("app-a disruption-budget", names(response));
        assertEquals(
                obj(
                        "maxUnavailable",
                        1,
                        "unhealthyPodEvictionPolicy",
                        "AlwaysAllow",
                        "selector",
                        obj("matchLabels", obj("release", "dev"))),
                body(response, "disruption-budget").object("spec", "forProvider", "manifest", "spec"));
        assertEquals(
                arr("Observe", "Create", "Update", "LateInitialize").items(), policies(response, "disruption-budget"));
    }

    @Test
    void aClusterWithOneControlPlaneKeepsItsStoreAndGetsTheRestOfASizeWithSeveral() {
        var state = ready("small");
        var before = values(state.call());
        var response = state.settings(offer(Merge.over(HIGH, obj("loadBalancers", 5))))
                .change(sized("high"))
                .call();
        assertEquals(
                "FALSE Invalid: spec.size: is \"high\", a size with high availability, but the store of this cluster cannot"
                        + " change; request a size without high availability, or create a new Environment (everything"
                        + " else of the size is applied)",
                condition(response, "Accepted"));
        assertEquals("app-a", names(response));
        var after = values(response);
        assertEquals(before.object("controlPlane"), after.object("controlPlane"));
        assertEquals(
                Optional.of(new Json.Num(5)), after.at("policies", "resourceQuota", "quota", "services.loadbalancers"));
    }

    @Test
    void aClusterWithSeveralControlPlanesKeepsThemInASizeWithOne() {
        var state = ready("high");
        var before = values(state.call());
        var response = state.change(sized("small")).call();
        assertEquals(
                "FALSE Invalid: spec.size: is \"small\", a size without high availability, but the store of this cluster"
                        + " cannot change; request a size with high availability, or create a new Environment"
                        + " (everything else of the size is applied)",
                condition(response, "Accepted"));
        assertEquals("app-a disruption-budget", names(response));
        assertEquals(before.object("controlPlane"), values(response).object("controlPlane"));
    }

    @Test
    void aReleaseThatSomebodyDeletedComesBackWithTheStoreOfItsCluster() {
        var response = ready("high").delete("cluster").change(sized("small")).call();
        assertEquals(Optional.of(new Json.Num(3)), values(response).at(path("highAvailability", "replicas")));
    }

    @Test
    void theVolumesOfEtcdCannotChange() {
        var state = ready("high").settings(offer(Merge.over(HIGH, obj("storage", "9Gi"))));
        assertEquals(Set.of("spec.size"), new TreeSet<>(invalid(state.call())));
        assertEquals(
                Optional.of(new Json.Text("5Gi")), values(state.call()).at(path("persistence", "volumeClaim", "size")));
    }

    @Test
    void theResourcesOfEtcdFollowTheSize() {
        var state =
                ready("high").settings(offer(Merge.over(HIGH, obj("controlPlane", obj("cpu", "2", "memory", "3Gi")))));
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
        assertEquals(Optional.of(new Json.Text("3Gi")), values(state.call()).at(path("resources", "limits", "memory")));
    }

    private static String[] path(String... below) {
        var path = new ArrayList<>(List.of(STORE));
        path.addAll(List.of(below));
        return path.toArray(String[]::new);
    }

    @Test
    void whatRunsIsComparedWithoutWhatControlPlanesAndEtcdTake() {
        var less = offer(Merge.over(HIGH, obj("controlPlane", obj("cpu", "500m", "memory", "512Mi"))));
        assertEquals("TRUE Accepted", reason(used("29000m", less), "Accepted"));
        assertEquals(
                "FALSE Invalid: spec.size: is \"high\", which has no room for what runs (27000m limits.cpu used, 26500m"
                        + " allowed); remove apps or request a larger size (until then, the cluster keeps its former"
                        + " quota)",
                condition(used("30000m", less), "Accepted"));
    }

    /** The response to other Settings if this much CPU of the quota of 30 cores is used. */
    private static RunFunctionResponse used(String cpu, Json.Obj settings) {
        var state = ready("high").settings(settings);
        state.step();
        var seen = obj("status", obj("hard", obj("limits.cpu", "30000m"), "used", obj("limits.cpu", cpu)));
        return state.status(
                        "quota",
                        obj(
                                "atProvider",
                                obj("manifest", seen),
                                "conditions",
                                arr(
                                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                        ObservedStateFake.condition("Ready", "True", "Available"))))
                .call();
    }
}
