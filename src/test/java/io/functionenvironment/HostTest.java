package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is deleted with the host namespace, what is uninstalled before it, and how the host cluster is used. */
class HostTest {
    /** Nodes are cluster-scoped, so the vcluster chart then creates objects outside its namespace. */
    private static final List<Json> FINALIZERS = List.of(new Json.Text("finalizer.managedresource.crossplane.io"));

    private static final Json.Obj NODES =
            settings(obj("vcluster", obj("values", obj("sync", obj("fromHost", obj("nodes", obj("enabled", true)))))));

    @Test
    void onlyTheNamespaceHasTheRightToDelete() {
        var response = Fixtures.ready("a").call();
        for (var name : List.of("cluster", "app-a")) {
            assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(response, name), name);
        }
        assertEquals(arr("Observe").items(), policies(response, "health"));
        assertEquals(arr("Observe", "Create", "Delete").items(), policies(response, "namespace"));
    }

    @Test
    void theNamespaceHasTheRightToUpdateOnceItHasToBeChanged() {
        var state = Fixtures.ready("a");
        state.settings(settings(obj("host", obj("labels", obj("cost-center", "7")))));
        assertEquals(arr("*").items(), policies(state.step(), "namespace"));
        assertEquals(arr("*").items(), policies(state.step(), "namespace"));
    }

    @Test
    void theNamespaceHasTheRightToUpdateOnceALabelIsNoLongerDesired() {
        var labelled = new ObservedStateFake(
                        environment("a"), settings(obj("host", obj("labels", obj("cost-center", "7")))))
                .steps(6);
        assertEquals(arr("Observe", "Create", "Delete").items(), policies(labelled.call(), "namespace"));
        assertEquals(
                arr("*").items(), policies(labelled.settings(Json.Obj.EMPTY).step(), "namespace"));
    }

    private static final Json.Obj PASSED = settings(obj(
            "host",
            obj(
                    "labels", obj("cost-center", "7"),
                    "environmentLabels", arr("service", "cost-center", "stage"),
                    "annotations", obj("example.org/contact", "platform@example.org"))));

    private static Json.Obj labelled(Object... labels) {
        return Merge.over(environment("a"), obj("metadata", obj("labels", obj(labels))));
    }

    private static Json.Obj namespace(RunFunctionResponse response) {
        return body(response, "namespace").object("spec", "forProvider", "manifest", "metadata");
    }

    @Test
    void theNamespaceHasThoseLabelsOfTheEnvironmentThatThePlatformNamesAndDoesNotSetItself() {
        var response = new ObservedStateFake(
                        labelled("service", "shop", "cost-center", "0", "secret-plan", "x"), PASSED)
                .steps(6)
                .call();
        assertEquals(
                obj(
                        "cost-center", "7",
                        "environment.fn.crossplane.io/environment", "jpaxfzo35gcbqyrz",
                        "pod-security.kubernetes.io/enforce", "baseline",
                        "service", "shop"),
                namespace(response).object("labels"));
    }

    @Test
    void theNamespaceHasTheAnnotationsOfThePlatformBesideThatOfItsOwner() {
        var annotations = namespace(
                        new ObservedStateFake(environment("a"), PASSED).steps(6).call())
                .object("annotations");
        assertEquals(
                "environment.fn.crossplane.io/owner-name=dev example.org/contact=platform@example.org",
                annotations.fields().entrySet().stream()
                        .filter(annotation -> !annotation.getKey().matches(".*(owner-namespace|owner-uid)"))
                        .map(annotation -> annotation.getKey() + "=" + ((Json.Text) annotation.getValue()).value())
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void aChangedLabelOfTheEnvironmentChangesThatOfTheNamespace() {
        var state = new ObservedStateFake(labelled("service", "shop"), PASSED).steps(6);
        state.change(labelled("service", "cart")).steps(2);
        assertEquals(Optional.of("cart"), namespace(state.call()).text("labels", "service"));
        assertEquals(arr("*").items(), policies(state.call(), "namespace"));
        state.change(environment("a")).steps(2);
        assertEquals(Optional.empty(), namespace(state.call()).text("labels", "service"));
    }

    @Test
    void aNamespaceThatHelmIsToCreateHasNoLabelsOrAnnotationsOfThePlatform() {
        var state = new ObservedStateFake(
                labelled("service", "shop"),
                settings(Merge.over(PASSED.object("data"), obj("host", obj("composeNamespace", false)))));
        var namespace = namespace(state.steps(6).call());
        assertEquals(Json.Obj.EMPTY, namespace.object("labels"));
        assertEquals(Optional.empty(), namespace.text("annotations", "example.org/contact"));
    }

    @Test
    void aStandardOfPodSecurityOfOthersStaysWhileANamespaceThatHelmCreatesIsNotObserved() {
        var found = obj("name", "x", "labels", obj("pod-security.kubernetes.io/enforce", "restricted"));
        var manifest = obj("apiVersion", "v1", "kind", "Namespace", "metadata", found);
        var synced = ObservedStateFake.condition("Synced", "True", "ReconcileSuccess");
        var state = new ObservedStateFake(environment("a"), settings(obj("host", obj("composeNamespace", false))))
                .steps(6)
                .status("namespace", obj("atProvider", obj("manifest", manifest), "conditions", arr(synced)));
        var labels = obj("environment.fn.crossplane.io/environment", "jpaxfzo35gcbqyrz");
        assertEquals(labels, namespace(state.step()).object("labels"));
        // As after a restoration, which brings back no status.
        state.status("namespace", Json.Obj.EMPTY);
        assertEquals(labels, namespace(state.call()).object("labels"));
        assertEquals(arr("Observe", "Update").items(), policies(state.call(), "namespace"));
    }

    @Test
    void onlyAResourceThatDeletesNothingIsCreatedWithTheFinalizerOfItsProvider() {
        var kept = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(2);
        assertEquals(FINALIZERS, finalizers(kept.step(), "cluster"));
        var deleted = new ObservedStateFake(environment("a"), NODES).steps(2);
        assertEquals(List.of(), finalizers(deleted.step(), "cluster"));
        deleted.edit("cluster", obj("metadata", obj("finalizers", arr("finalizer.managedresource.crossplane.io"))));
        assertEquals(FINALIZERS, finalizers(deleted.call(), "cluster"));
    }

    @Test
    void aResourceThatItsProviderHasReleasedGetsNoFinalizerAgain() {
        var state = Fixtures.ready("a").edit("app-a", obj("metadata", obj("finalizers", arr("foregroundDeletion"))));
        assertEquals(List.of(), finalizers(state.call(), "app-a"));
    }

    private static List<Json> finalizers(RunFunctionResponse response, String name) {
        return body(response, name).items("metadata", "finalizers");
    }

    @Test
    void aClusterWithClusterScopedObjectsIsUninstalledBeforeItsNamespaceIsDeleted() {
        var state = new ObservedStateFake(environment("a"), NODES).steps(6);
        var response = state.call();
        assertEquals("app-a usage-cluster-namespace", names(response));
        assertEquals(arr("*").items(), policies(response, "cluster"));
        assertEquals(
                obj(
                        "of",
                        obj(
                                "apiVersion", "kubernetes.m.crossplane.io/v1alpha1",
                                "kind", "Object",
                                "resourceRef",
                                        obj("name", state.observed("namespace").text("metadata", "name"))),
                        "by",
                        obj(
                                "apiVersion", "helm.m.crossplane.io/v1beta1",
                                "kind", "Release",
                                "resourceRef",
                                        obj("name", state.observed("cluster").text("metadata", "name"))),
                        "replayDeletion",
                        true),
                body(response, "usage-cluster-namespace").object("spec"));
        assertEquals("TRUE Available", reason(state.step(), "ClusterReady"));
    }

    @Test
    void theOrderOfDeletionIsRemovedAfterTheClusterScopedObjects() {
        var state = new ObservedStateFake(environment("a"), NODES).steps(6).settings(Json.Obj.EMPTY);
        var changing = state.step();
        assertEquals("app-a usage-cluster-namespace", names(changing));
        assertEquals(arr("*").items(), policies(changing, "cluster"), "while the chart's objects still exist");
        var changed = state.step();
        assertEquals("app-a", names(changed));
        assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(changed, "cluster"));
    }

    @Test
    void aClusterInANamespaceThatHelmCreatesIsUninstalled() {
        var response = new ObservedStateFake(environment("a"), settings(obj("host", obj("composeNamespace", false))))
                .steps(6)
                .call();
        assertEquals("app-a", names(response));
        assertEquals(arr("*").items(), policies(response, "cluster"));
    }

    @Test
    void aFirstInstallationThatFailedIsRolledBackAndRetriedUntilThereIsAKubeconfig() {
        var state =
                new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(3).withoutKubeconfig();
        assertEquals(0, rollbackLimit(state));
        state.status("cluster", release("failed"));
        assertEquals(3, rollbackLimit(state));
        state.step();
        state.status("cluster", release("deployed"));
        assertEquals(3, rollbackLimit(state));
    }

    @Test
    void aClusterThatHadAKubeconfigIsNotRolledBack() {
        var state = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(4);
        state.withoutKubeconfig().status("cluster", release("failed"));
        assertEquals(0, rollbackLimit(state), "the health check shows that it had one");
    }

    private static Json.Obj release(String state) {
        return obj("atProvider", obj("state", state, "revision", 1));
    }

    private static double rollbackLimit(ObservedStateFake state) {
        return body(state.step(), "cluster").number("spec", "rollbackLimit").orElse(0.0);
    }

    @Test
    void aClusterThatDoesNotRespondIsReportedAndKeepsItsApps() {
        var response = Fixtures.ready("a").status("health", Fixtures.down()).call();
        assertEquals("app-a", names(response));
        assertEquals("FALSE Unreachable", reason(response, "ClusterReady"));
        assertEquals(
                "READY_FALSE", response.getDesired().getComposite().getReady().name());
    }
}
