package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A release of the function with other default versions changes nothing that runs. Settings that are removed after the
 * Environment was created simulate the defaults of an earlier release.
 */
class UpgradeTest {
    private static final Json.Obj OLDER = settings(obj(
            "vcluster",
            obj(
                    "chart", obj("version", "0.35.3"),
                    "kubernetesVersion", "1.34",
                    "kubernetesVersions", obj("1.34", "v1.34.9")),
            "catalog",
            obj(
                    "podinfo",
                    obj(
                            "chart",
                            obj(
                                    "repository", "oci://ghcr.io/stefanprodan/charts",
                                    "name", "podinfo",
                                    "version", "6.13.0")))));

    private static ObservedStateFake createdByOlder() {
        return new ObservedStateFake(environment("a"), OLDER).steps(7);
    }

    @Test
    void defaultVersionsApplyToNewEnvironmentsOnly() {
        var state = createdByOlder();
        var cluster = state.observed("cluster").object("spec");
        var app = state.observed("app-a").object("spec");
        var response = state.settings(Json.Obj.EMPTY).step();
        assertEquals(cluster, body(response, "cluster").object("spec"));
        assertEquals(app, body(response, "app-a").object("spec"));
        assertEquals(List.of(), events(response));
    }

    @Test
    void versionsThatThePlatformSetsAreInstalled() {
        var response = createdByOlder()
                .settings(settings(obj(
                        "vcluster",
                        obj(
                                "chart", obj("version", "0.36.1"),
                                "kubernetesVersions", obj("1.34", "v1.34.10")),
                        "catalog",
                        obj("podinfo", obj("chart", obj("version", "6.14.0"))))))
                .step();
        var cluster = body(response, "cluster").object("spec", "forProvider");
        assertEquals("0.36.1", cluster.text("chart", "version").orElse(""));
        assertEquals(
                "v1.34.9",
                cluster.text("values", "controlPlane", "distro", "k8s", "version")
                        .orElse(""),
                "the default is 1.35 now, and a tag of 1.34 applies only where 1.34 is requested");
        assertEquals(
                "6.14.0",
                body(response, "app-a")
                        .text("spec", "forProvider", "chart", "version")
                        .orElse(""));
    }

    @Test
    void versionsThatTheTeamRequestsAreInstalled() {
        var response = createdByOlder()
                .settings(Json.Obj.EMPTY)
                .change(environment(obj(
                        "kubernetesVersion",
                        "1.35",
                        "apps",
                        arr(obj("name", "a", "catalog", "podinfo", "chart", obj("version", "6.14.0"))))))
                .step();
        assertEquals(
                "v1.35.0",
                body(response, "cluster")
                        .text("spec", "forProvider", "values", "controlPlane", "distro", "k8s", "version")
                        .orElse(""));
        assertEquals(
                "6.14.0",
                body(response, "app-a")
                        .text("spec", "forProvider", "chart", "version")
                        .orElse(""));
    }

    @Test
    void theHostNamespaceNeverChanges() {
        var state = createdByOlder();
        var response = state.settings(
                        settings(obj("host", obj("namespacePrefix", "other-", "composeNamespace", false))))
                .step();
        assertEquals(
                "env-team-a-dev-jpaxfzo35gcbqyrz",
                body(response, "cluster")
                        .text("spec", "forProvider", "namespace")
                        .orElse(""));
        assertEquals("app-a", Fixtures.names(response));
    }

    @Test
    void aNewAppHasTheShippedDefaultVersion() {
        var response = createdByOlder()
                .settings(Json.Obj.EMPTY)
                .change(environment(obj("apps", arr(app("a"), app("b")))))
                .step();
        assertEquals(
                "6.14.1",
                body(response, "app-b")
                        .text("spec", "forProvider", "chart", "version")
                        .orElse(""));
    }
}
