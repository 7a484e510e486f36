package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs stays as it is when Settings change later or somebody edits composed resources. */
class NothingIsLostTest {
    private static final String ALL = "app-a";
    private static final String FINGERPRINT = "environment.fn.crossplane.io/values-fingerprint";

    @Test
    void aChangedProviderConfigAppliesToNewEnvironmentsOnly() {
        var response = ready("a")
                .settings(settings(obj("host", obj("providerConfig", "other"))))
                .step();
        for (var name : List.of("cluster", "namespace", "health")) {
            assertEquals(
                    "default",
                    body(response, name)
                            .text("spec", "providerConfigRef", "name")
                            .orElse(""),
                    name);
        }
    }

    @Test
    void anEditedProviderConfigReferenceIsCorrected() {
        for (var edited : List.of("cluster", "namespace", "health")) {
            var state = ready("a").edit(edited, obj("spec", obj("providerConfigRef", obj("name", "other"))));
            for (var name : List.of("cluster", "namespace", "health")) {
                assertEquals(
                        "default",
                        body(state.call(), name)
                                .text("spec", "providerConfigRef", "name")
                                .orElse(""),
                        edited);
            }
        }
    }

    @Test
    void aRequestedKubernetesVersionIsInstalledOnceThePlatformOffersIt() {
        var without = settings(obj("vcluster", obj("kubernetesVersions", obj("1.36", new Json.Null()))));
        var request = environment(obj("kubernetesVersion", "1.36", "apps", arr(app("a"))));
        var state = ready("a").settings(without).change(request);
        assertEquals(
                "v1.35.0",
                values(state.step())
                        .text("controlPlane", "distro", "k8s", "version")
                        .orElse(""));
        state.settings(Json.Obj.EMPTY);
        assertEquals(
                "v1.36.0",
                values(state.step())
                        .text("controlPlane", "distro", "k8s", "version")
                        .orElse(""));
    }

    @Test
    void aChangedShippedVolumeSizeIsNotAnError() {
        var older = settings(obj("sizes", obj("small", obj("vcluster", obj("storage", "4Gi")))));
        var state = new ObservedStateFake(environment("a"), older).steps(7).settings(Json.Obj.EMPTY);
        assertEquals("TRUE Accepted", reason(state.step(), "Accepted"));
    }

    @Test
    void aResourceOfAnotherStepIsNotKept() {
        var state = ready("a").other("usage-db", controlled(obj("apiVersion", "v1", "kind", "ConfigMap")));
        assertEquals(
                ALL,
                names(state.change(environment(obj("size", "huge", "apps", arr(app("a")))))
                        .call()));
    }

    @Test
    void theClusterIsNotCreatedWhileItsPredecessorIsBeingDeleted() {
        var byHelm = settings(obj("host", obj("composeNamespace", false)));
        var predecessor =
                new ObservedStateFake(environment("a"), byHelm).steps(4).observed("cluster");
        var state =
                new ObservedStateFake(environment("a"), byHelm).untrackedReleases(Optional.of(List.of(predecessor)));
        state.steps(2);
        assertEquals("-cluster -health", names(state.call()));
        assertEquals(
                "-health", names(state.untrackedReleases(Optional.of(List.of())).call()));
    }

    @Test
    void theClusterIsAvailableWhileItsDeletedProviderConfigIsInUse() {
        var state = ready("a")
                .edit(
                        "provider-config-helm",
                        obj("metadata", obj("deletionTimestamp", ObservedStateFake.START.toString())));
        assertEquals("TRUE Available", reason(state.call(), "ClusterReady"));
    }

    @Test
    void theNamespaceStaysComposedIfTheReleaseIsEdited() {
        var state = ready("a")
                .edit("cluster", obj("spec", obj("forProvider", obj("skipCreateNamespace", new Json.Null()))));
        var response = state.step();
        assertEquals(ALL, names(response));
        assertTrue(body(response, "cluster").isTrue("spec", "forProvider", "skipCreateNamespace"));
    }

    /** A namespace that Helm has created, with labels of the function. */
    private static ObservedStateFake createdByHelm() {
        var manifest = obj(
                "apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", "env-team-a-dev-jpaxfzo35gcbqyrz"));
        var synced = ObservedStateFake.condition("Synced", "True", "ReconcileSuccess");
        return new ObservedStateFake(environment("a"), settings(obj("host", obj("composeNamespace", false))))
                .steps(6)
                .status("namespace", obj("atProvider", obj("manifest", manifest), "conditions", arr(synced)))
                .steps(2);
    }

    @Test
    void aNamespaceThatHelmCreatesStaysSoIfItsObjectOrTheReleaseIsEdited() {
        var before = createdByHelm().step();
        assertEquals(List.of("Observe", "Update"), texts(policies(before, "namespace")));
        var edits = List.of(
                Map.entry("namespace", obj("managementPolicies", arr("Observe"))),
                Map.entry("namespace", obj("managementPolicies", arr("*"))),
                Map.entry("namespace", obj("managementPolicies", new Json.Null())),
                Map.entry(
                        "namespace",
                        obj("forProvider", obj("manifest", obj("metadata", obj("annotations", new Json.Null()))))),
                Map.entry("cluster", obj("forProvider", obj("skipCreateNamespace", true))));
        for (var edit : edits) {
            var response = createdByHelm()
                    .edit(edit.getKey(), obj("spec", edit.getValue()))
                    .call();
            for (var name : List.of("namespace", "cluster")) {
                assertEquals(
                        body(before, name).object("spec"), body(response, name).object("spec"), edit + "");
            }
        }
    }

    @Test
    void aNamespaceThatHelmCreatesStaysSoIfTheReleaseIsDeletedAndSettingsHaveChanged() {
        var response =
                createdByHelm().settings(Json.Obj.EMPTY).delete("cluster").call();
        assertEquals(List.of("Observe", "Update"), texts(policies(response, "namespace")));
    }

    @Test
    void theNamespaceStaysComposedIfTheReleaseIsDeletedAndSettingsHaveChanged() {
        var response = ready("a")
                .delete("cluster")
                .settings(settings(obj("host", obj("composeNamespace", false, "namespacePrefix", "other-"))))
                .step();
        assertEquals(ALL, names(response));
        assertEquals(
                "env-team-a-dev-jpaxfzo35gcbqyrz",
                body(response, "cluster")
                        .text("spec", "forProvider", "namespace")
                        .orElse(""));
    }

    @Test
    void aResourceWithoutItsLabelsIsKept() {
        for (var size : List.of("small", "unknown")) {
            var state = ready("a").change(environment(obj("size", size, "apps", arr(app("a")))));
            for (var name : List.of("namespace", "cluster", "provider-config-helm", "health", "app-a")) {
                state.edit(name, obj("metadata", obj("labels", new Json.Null())));
            }
            assertEquals(ALL, names(state.step()), size);
        }
    }

    @Test
    void theVolumeOfTheControlPlaneStaysAsItIs() {
        var persistence = obj("statefulSet", obj("persistence", obj("volumeClaim", obj("storageClass", "fast"))));
        var state = ready("a");
        var before = state.observed("cluster").object("spec", "forProvider", "values", "controlPlane", "statefulSet");
        var response = state.settings(settings(obj("vcluster", obj("values", obj("controlPlane", persistence)))))
                .step();
        assertEquals(
                before.object("persistence"),
                body(response, "cluster")
                        .object("spec", "forProvider", "values", "controlPlane", "statefulSet", "persistence"));
        assertEquals(List.of("spec.size"), invalid(response));
    }

    @Test
    void anAppOfThePlatformDoesNotReplaceAnAppOfATeam() {
        var agent = obj(
                "name",
                "a",
                "chart",
                obj("repository", "oci://example.org/charts", "name", "agent", "version", "1.0.0"));
        var response = ready("a").settings(settings(obj("apps", arr(agent)))).step();
        assertEquals(
                "podinfo",
                body(response, "app-a")
                        .text("spec", "forProvider", "chart", "name")
                        .orElse(""));
        assertEquals(List.of("spec.apps[0].name"), invalid(response));
    }

    @Test
    void aDependencyMayBeReversedWhileOneOfTheAppsIsInvalid() {
        var invalid = obj("name", "b", "catalog", "nothing");
        var state = ready("a", "b>a").change(environment(obj("apps", arr(app("a>b"), invalid))));
        assertEquals("app-a app-b", names(state.step()));
    }

    @Test
    void anUnknownSizeIsReportedEvenIfTheClusterWasDeleted() {
        var response = ready("a")
                .delete("cluster")
                .change(environment(obj("size", "huge", "apps", arr(app("a")))))
                .step();
        assertEquals("app-a -cluster", names(response));
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals(
                "FALSE Invalid: The cluster cannot be created as requested; see the condition Accepted.",
                condition(response, "ClusterReady"));
    }

    @Test
    void aClusterIsNotAvailableIfItsSizeBecomesUnknownBeforeItIsInstalled() {
        var state = new ObservedStateFake(environment(), Json.Obj.EMPTY).steps(2);
        state.delete("cluster").delete("health");
        var response = state.change(environment(obj("size", "huge"))).call();
        assertEquals("FALSE Invalid", reason(response, "ClusterReady"));
        assertEquals("FALSE", Responses.of(response).text("composite", "ready").orElse(""));
    }

    @Test
    void anEnvironmentIsCreatedOnceTheHostNamespaceOfAnotherOneIsDeleted() {
        var annotations = obj(
                "environment.fn.crossplane.io/owner-namespace", "team-a",
                "environment.fn.crossplane.io/owner-name", "dev",
                "environment.fn.crossplane.io/owner-uid", "another");
        var manifest =
                obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", "x", "annotations", annotations));
        var synced = ObservedStateFake.condition("Synced", "True", "ReconcileSuccess");
        var state = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(1);
        state.status("namespace", obj("atProvider", obj("manifest", manifest), "conditions", arr(synced)));
        assertEquals(List.of("metadata.name"), invalid(state.call()));
        assertEquals(List.of("Observe"), texts(policies(state.call(), "namespace")));
        var absent = Merge.over(
                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                obj("message", "observe failed: external resource does not exist"));
        // The provider leaves the last observed manifest in the status.
        state.status("namespace", obj("atProvider", obj("manifest", manifest), "conditions", arr(absent)));
        assertEquals(List.of(), invalid(state.call()));
        assertEquals(List.of("Observe", "Create", "Delete"), texts(policies(state.call(), "namespace")));
    }

    private static List<String> texts(List<Json> items) {
        return items.stream()
                .map(item -> item instanceof Json.Text(var text) ? text : item.toString())
                .toList();
    }

    @Test
    void editsOfNamesAndNamespacesAreCorrected() {
        var state = ready("a")
                .edit("cluster", obj("spec", obj("forProvider", obj("namespace", "kube-system"))))
                .edit("cluster", obj("metadata", obj("annotations", obj("crossplane.io/external-name", "x"))))
                .edit("app-a", obj("metadata", obj("annotations", obj("crossplane.io/external-name", "x"))));
        var response = state.step();
        var cluster = body(response, "cluster");
        assertEquals(
                "env-team-a-dev-jpaxfzo35gcbqyrz",
                cluster.text("spec", "forProvider", "namespace").orElse(""));
        assertEquals(
                "dev",
                cluster.text("metadata", "annotations", "crossplane.io/external-name")
                        .orElse(""));
        assertEquals(
                "a",
                body(response, "app-a")
                        .text("metadata", "annotations", "crossplane.io/external-name")
                        .orElse(""));
    }

    @Test
    void aClusterWhoseReleaseWasDeletedIsCreatedAgainWithTheSameVersions() {
        var older = settings(obj("vcluster", obj("chart", obj("version", "0.35.3"), "kubernetesVersion", "1.36")));
        var response = new ObservedStateFake(environment("a"), older)
                .steps(7)
                .settings(Json.Obj.EMPTY)
                .delete("cluster")
                .step();
        var created = body(response, "cluster").object("spec", "forProvider");
        assertEquals("0.35.3", created.text("chart", "version").orElse(""));
        assertEquals(
                "v1.36.0",
                created.text("values", "controlPlane", "distro", "k8s", "version")
                        .orElse(""));
    }

    @Test
    void theNamespaceIsNotCreatedWhileAPredecessorIsBeingDeleted() {
        var predecessor =
                new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(3).observed("namespace");
        var state = new ObservedStateFake(environment("a"), Json.Obj.EMPTY)
                .untrackedObjects(Optional.of(List.of(predecessor)));
        var response = state.call();
        assertEquals("-cluster -health -namespace", names(response));
        assertEquals("FALSE Blocked", reason(response, "ClusterReady"));
        assertTrue(condition(response, "ClusterReady")
                .contains("Object " + predecessor.text("metadata", "name").orElseThrow()));
        assertEquals(
                "-cluster -health -namespace",
                names(state.untrackedObjects(Optional.empty()).call()),
                "before the look-up");
        assertEquals(
                "-cluster -health",
                names(state.untrackedObjects(Optional.of(List.of())).call()));
    }

    @Test
    void theHostNamespaceIsBaselineIfPodSecurityIsRestricted() {
        var response = new ObservedStateFake(
                        environment("a"), settings(obj("vcluster", obj("isolation", obj("podSecurity", "restricted")))))
                .steps(4)
                .step();
        assertEquals(
                "baseline",
                body(response, "namespace")
                        .text(
                                "spec",
                                "forProvider",
                                "manifest",
                                "metadata",
                                "labels",
                                "pod-security.kubernetes.io/enforce")
                        .orElse(""));
        assertEquals(
                "restricted",
                body(response, "cluster")
                        .text("spec", "forProvider", "values", "policies", "podSecurityStandard")
                        .orElse(""));
    }

    @Test
    void valuesOfAnEarlierReleaseStayUntilTheRequestChanges() {
        var state = ready("a");
        // Simulates an earlier release that made other values from the same request.
        var older = obj("telemetry", obj("enabled", true));
        var spec = state.observed("cluster").object("spec", "forProvider", "values");
        var values = Merge.over(spec, older);
        var request = state.observed("cluster")
                .text("metadata", "annotations", FINGERPRINT)
                .orElseThrow()
                .replaceAll("-.*", "");
        state.edit("cluster", obj("spec", obj("forProvider", obj("values", older))));
        state.annotate("cluster", FINGERPRINT, request + "-" + Digest.of(values));
        assertEquals(values, values(state.step()));
        state.change(environment(obj("size", "medium", "apps", arr(app("a")))));
        assertEquals(false, values(state.step()).isTrue("telemetry", "enabled"), "after another request");
    }

    @Test
    void editedValuesAreCorrected() {
        var state = ready("a")
                .edit(
                        "cluster",
                        obj("spec", obj("forProvider", obj("values", obj("telemetry", obj("enabled", true))))));
        assertEquals(false, values(state.step()).isTrue("telemetry", "enabled"));
    }

    @Test
    void anUnknownSizeKeepsTheClusterInTheStatus() {
        var state = ready("a");
        var before = status(state.call()).object("cluster");
        var response = state.change(environment(obj("size", "huge", "apps", arr(app("a")))))
                .call();
        assertEquals(before, status(response).object("cluster"));
    }

    /** A resource with the Environment as its controller, like one that Crossplane composes for another step. */
    private static Json.Obj controlled(Json.Obj body) {
        return Merge.over(
                body,
                obj(
                        "metadata",
                        obj("ownerReferences", ready().observed("cluster").items("metadata", "ownerReferences"))));
    }

    private static Json.Obj values(RunFunctionResponse response) {
        return body(response, "cluster").object("spec", "forProvider", "values");
    }
}
