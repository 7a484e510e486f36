package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import org.junit.jupiter.api.Test;

/** What an Environment leaves to the host cluster to do, and in what order all of it goes. */
class HostTest {
    private static final Json.Obj NODES =
            settings(obj("vcluster", obj("values", obj("sync", obj("fromHost", obj("nodes", obj("enabled", true)))))));

    @Test
    void onlyTheNamespaceDeletes() {
        var response = Fixtures.ready("a").call();
        for (var name : java.util.List.of("cluster", "app-a")) {
            assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(response, name), name);
        }
        assertEquals(arr("Observe").items(), policies(response, "health"));
        assertEquals(arr("*").items(), policies(response, "namespace"));
    }

    @Test
    void aClusterWithObjectsBeyondItsNamespaceIsUninstalledBeforeTheNamespaceGoes() {
        var road = new ObservedStateFake(environment("a"), NODES).steps(6);
        var response = road.call();
        assertEquals("app-a usage-cluster-namespace", names(response));
        assertEquals(arr("*").items(), policies(response, "cluster"));
        assertEquals(
                obj(
                        "of",
                        obj(
                                "apiVersion", "kubernetes.m.crossplane.io/v1alpha1",
                                "kind", "Object",
                                "resourceRef",
                                        obj("name", road.observed("namespace").text("metadata", "name"))),
                        "by",
                        obj(
                                "apiVersion", "helm.m.crossplane.io/v1beta1",
                                "kind", "Release",
                                "resourceRef",
                                        obj("name", road.observed("cluster").text("metadata", "name"))),
                        "replayDeletion",
                        true),
                body(response, "usage-cluster-namespace").object("spec"));
        assertEquals("TRUE Available: The cluster is available.", Fixtures.condition(road.step(), "ClusterReady"));
    }

    @Test
    void theOrderIsGivenUpWithTheObjects() {
        var road = new ObservedStateFake(environment("a"), NODES).steps(6).settings(Json.Obj.EMPTY);
        var changing = road.step();
        assertEquals("app-a usage-cluster-namespace", names(changing));
        assertEquals(arr("*").items(), policies(changing, "cluster"), "until the objects are gone");
        var changed = road.step();
        assertEquals("app-a", names(changed));
        assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(changed, "cluster"));
    }

    @Test
    void aNamespaceThatIsLeftToHelmIsNotComposedAndTheClusterIsUninstalled() {
        var response = new ObservedStateFake(environment("a"), settings(obj("host", obj("composeNamespace", false))))
                .steps(6)
                .call();
        assertEquals("app-a", names(response));
        assertEquals(arr("*").items(), policies(response, "cluster"));
    }

    @Test
    void nothingIsUndoneInAClusterThatWasOnceInUse() {
        var road = new ObservedStateFake(environment("a"), Json.Obj.EMPTY);
        road.steps(2);
        assertEquals(
                3, body(road.step(), "cluster").number("spec", "rollbackLimit").orElse(0.0));
        assertEquals(
                0, body(road.step(), "cluster").number("spec", "rollbackLimit").orElse(0.0));
        var lost = road.withoutKubeconfig().step();
        assertEquals(0, body(lost, "cluster").number("spec", "rollbackLimit").orElse(0.0), "the way in still exists");
    }

    @Test
    void aClusterThatStopsAnsweringIsSaidToAndKeepsItsApps() {
        var response = Fixtures.ready("a").status("health", Fixtures.down()).call();
        assertEquals("app-a", names(response));
        assertEquals("FALSE Unreachable: The cluster does not respond.", Fixtures.condition(response, "ClusterReady"));
        assertEquals(
                "READY_FALSE", response.getDesired().getComposite().getReady().name());
    }
}
