package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs stays where it is, whatever Settings say later and whoever edits what we composed. */
class NothingIsLostTest {
    private static final String ALL = "app-a";

    @Test
    void anotherProviderConfigIsForNewEnvironmentsOnly() {
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
    void oneEditedProviderConfigDoesNotTakeTheOthersAlong() {
        for (var edited : List.of("cluster", "namespace", "health")) {
            var road = ready("a").edit(edited, obj("spec", obj("providerConfigRef", obj("name", "other"))));
            for (var name : List.of("cluster", "namespace", "health")) {
                assertEquals(
                        "default",
                        body(road.call(), name)
                                .text("spec", "providerConfigRef", "name")
                                .orElse(""),
                        edited);
            }
        }
    }

    @Test
    void aVersionThatIsOfferedOnlyLaterIsCarriedOutThen() {
        var withdrawn = settings(obj("vcluster", obj("kubernetesVersions", obj("1.36", new Json.Null()))));
        var asks = environment(obj("kubernetesVersion", "1.36", "apps", arr(app("a"))));
        var road = ready("a").settings(withdrawn).change(asks);
        assertEquals(
                "v1.35.0",
                values(road.step())
                        .text("controlPlane", "distro", "k8s", "version")
                        .orElse(""));
        road.settings(Json.Obj.EMPTY);
        assertEquals(
                "v1.36.0",
                values(road.step())
                        .text("controlPlane", "distro", "k8s", "version")
                        .orElse(""));
    }

    @Test
    void anotherShippedVolumeIsNoReasonToFindFault() {
        var older = settings(obj("sizes", obj("small", obj("vcluster", obj("storage", "4Gi")))));
        var road = new ObservedStateFake(environment("a"), older).steps(7).settings(Json.Obj.EMPTY);
        assertTrue(condition(road.step(), "Accepted").startsWith("TRUE"));
    }

    @Test
    void anothersResourcesAreNotTakenForOurs() {
        var road = ready("a").other("usage-db", controlled(obj("apiVersion", "v1", "kind", "ConfigMap")));
        assertEquals(
                ALL,
                names(road.change(environment(obj("size", "huge", "apps", arr(app("a")))))
                        .call()));
    }

    @Test
    void aClusterThatIsUninstalledIsNotMadeAgainUntilItsFormerSelfIsGone() {
        var helms = settings(obj("host", obj("composeNamespace", false)));
        var former = new ObservedStateFake(environment("a"), helms).steps(4).observed("cluster");
        var road = new ObservedStateFake(environment("a"), helms).leftovers(Optional.of(List.of(former)));
        road.steps(2);
        assertEquals("-cluster -health", names(road.call()));
        assertEquals("-health", names(road.leftovers(Optional.of(List.of())).call()));
    }

    @Test
    void aDeletedProviderConfigWorksAsLongAsItIsInUse() {
        var road = ready("a")
                .edit(
                        "provider-config-helm",
                        obj("metadata", obj("deletionTimestamp", ObservedStateFake.START.toString())));
        assertEquals("TRUE Available: The cluster is available.", condition(road.call(), "ClusterReady"));
    }

    @Test
    void theNamespaceStaysOursWhoeverEditsTheRelease() {
        var road = ready("a")
                .edit("cluster", obj("spec", obj("forProvider", obj("skipCreateNamespace", new Json.Null()))));
        var response = road.step();
        assertEquals(ALL, names(response));
        assertTrue(body(response, "cluster").isTrue("spec", "forProvider", "skipCreateNamespace"));
    }

    @Test
    void theNamespaceStaysOursIfTheReleaseIsDeletedAndSettingsSayOtherwiseNow() {
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
    void aResourceThatLostItsLabelsIsStillOurs() {
        for (var size : List.of("small", "unknown")) {
            var road = ready("a").change(environment(obj("size", size, "apps", arr(app("a")))));
            for (var name : List.of("namespace", "cluster", "provider-config-helm", "health", "app-a")) {
                road.edit(name, obj("metadata", obj("labels", new Json.Null())));
            }
            assertEquals(ALL, names(road.step()), size);
        }
    }

    @Test
    void theStoreStaysAsItWasMade() {
        var persistence = obj("statefulSet", obj("persistence", obj("volumeClaim", obj("storageClass", "fast"))));
        var road = ready("a");
        var before = road.observed("cluster").object("spec", "forProvider", "values", "controlPlane", "statefulSet");
        var response = road.settings(settings(obj("vcluster", obj("values", obj("controlPlane", persistence)))))
                .step();
        assertEquals(
                before.object("persistence"),
                body(response, "cluster")
                        .object("spec", "forProvider", "values", "controlPlane", "statefulSet", "persistence"));
        assertTrue(condition(response, "Accepted").startsWith("FALSE Invalid: spec.size: asks for a cluster volume"));
    }

    @Test
    void aPlatformsAppDoesNotTakeOverATeams() {
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
        assertTrue(condition(response, "Accepted").startsWith("FALSE Invalid: spec.apps[0].name: is \"a\""));
    }

    @Test
    void dependenciesMayBeTurnedRoundWhileOneOfThemIsRefused() {
        var refused = obj("name", "b", "catalog", "nothing");
        var road = ready("a", "b>a").change(environment(obj("apps", arr(app("a>b"), refused))));
        assertEquals("app-a app-b", names(road.step()));
    }

    @Test
    void anUnknownSizeIsSaidEvenIfTheClusterItselfIsMissing() {
        var road = ready("a").delete("cluster").change(environment(obj("size", "huge", "apps", arr(app("a")))));
        assertEquals("app-a -cluster", names(road.step()));
    }

    @Test
    void whereAnEnvironmentIsCannotBeEdited() {
        var road = ready("a")
                .edit("cluster", obj("spec", obj("forProvider", obj("namespace", "kube-system"))))
                .edit("cluster", obj("metadata", obj("annotations", obj("crossplane.io/external-name", "x"))))
                .edit("app-a", obj("metadata", obj("annotations", obj("crossplane.io/external-name", "x"))));
        var response = road.step();
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
    void aClusterWhoseReleaseWasDeletedIsMadeAgainAsItWas() {
        var older = settings(obj("vcluster", obj("chart", obj("version", "0.35.3"), "kubernetesVersion", "1.36")));
        var response = new ObservedStateFake(environment("a"), older)
                .steps(7)
                .settings(Json.Obj.EMPTY)
                .delete("cluster")
                .step();
        var made = body(response, "cluster").object("spec", "forProvider");
        assertEquals("0.35.3", made.text("chart", "version").orElse(""));
        assertEquals(
                "v1.36.0",
                made.text("values", "controlPlane", "distro", "k8s", "version").orElse(""));
    }

    @Test
    void aNamespaceIsNotMadeWhileOneOfAFormerEnvironmentOfTheSameNameIsGoing() {
        var former =
                new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(3).observed("namespace");
        var road = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).formers(Optional.of(List.of(former)));
        assertEquals("-cluster -health -namespace", names(road.call()));
        assertEquals(
                "FALSE Blocked: The cluster's namespace waits for the previous Object "
                        + former.text("metadata", "name").orElse("") + " to be deleted.",
                condition(road.call(), "ClusterReady"));
        assertEquals(
                "-cluster -health -namespace",
                names(road.formers(Optional.empty()).call()),
                "nobody has looked");
        assertEquals(
                "-cluster -health", names(road.formers(Optional.of(List.of())).call()));
    }

    @Test
    void restrictedPodSecurityLetsTheControlPlaneLive() {
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
    void valuesThatALaterReleaseWouldMakeOtherwiseStay() {
        var road = ready("a");
        // An older release of ours made other values of the same wishes, and signed them.
        var older = obj("telemetry", obj("enabled", true));
        var spec = road.observed("cluster").object("spec", "forProvider", "values");
        var values = Merge.over(spec, older);
        var wishes = road.observed("cluster")
                .text("metadata", "annotations", BASIS)
                .orElseThrow()
                .replaceAll("-.*", "");
        road.edit("cluster", obj("spec", obj("forProvider", obj("values", older))));
        road.annotate("cluster", BASIS, wishes + "-" + Digest.of(values));
        assertEquals(values, values(road.step()));
        road.change(environment(obj("size", "medium", "apps", arr(app("a")))));
        assertEquals(false, values(road.step()).isTrue("telemetry", "enabled"), "now somebody asks for something else");
    }

    @Test
    void valuesThatSomebodyEditedAreSetRight() {
        var road = ready("a")
                .edit(
                        "cluster",
                        obj("spec", obj("forProvider", obj("values", obj("telemetry", obj("enabled", true))))));
        assertEquals(false, values(road.step()).isTrue("telemetry", "enabled"));
    }

    @Test
    void anUnknownSizeKeepsWhatTheStatusSays() {
        var road = ready("a");
        var before = status(road.call()).object("cluster");
        var response = road.change(environment(obj("size", "huge", "apps", arr(app("a")))))
                .call();
        assertEquals(before, status(response).object("cluster"));
    }

    /** With the Environment as its controller, as Crossplane composes what other steps desire. */
    private static Json.Obj controlled(Json.Obj body) {
        return Merge.over(
                body,
                obj(
                        "metadata",
                        obj("ownerReferences", ready().observed("cluster").items("metadata", "ownerReferences"))));
    }

    private static final String BASIS = "environment.fn.crossplane.io/values-fingerprint";

    private static Json.Obj values(RunFunctionResponse response) {
        return body(response, "cluster").object("spec", "forProvider", "values");
    }

    private static Json.Obj status(RunFunctionResponse response) {
        return StructCodec.tree(response.getDesired().getComposite().getResource())
                .object("status");
    }
}
