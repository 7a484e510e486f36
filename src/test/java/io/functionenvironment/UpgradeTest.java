package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import org.junit.jupiter.api.Test;

/**
 * A release of ours with other default versions changes nothing that runs. An older release is played by Settings that
 * named other versions when the environment was made, and are gone afterwards.
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

    private static ObservedStateFake made() {
        return new ObservedStateFake(environment("a"), OLDER).steps(7);
    }

    @Test
    void defaultVersionsCountOnlyWhenAnEnvironmentIsMade() {
        var road = made();
        var cluster = road.observed("cluster").object("spec");
        var app = road.observed("app-a").object("spec");
        var response = road.settings(Json.Obj.EMPTY).step();
        assertEquals(cluster, body(response, "cluster").object("spec"));
        assertEquals(app, body(response, "app-a").object("spec"));
        assertEquals("", Fixtures.results(response));
    }

    @Test
    void whatThePlatformSaysItselfIsCarriedOut() {
        var response = made().settings(settings(obj(
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
                "nobody asks for 1.34 any more, so nobody asks for another build of it");
        assertEquals(
                "6.14.0",
                body(response, "app-a")
                        .text("spec", "forProvider", "chart", "version")
                        .orElse(""));
    }

    @Test
    void whatTheTeamSaysItselfIsCarriedOut() {
        var response = made().settings(Json.Obj.EMPTY)
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
    void whereAnEnvironmentIsNeverChanges() {
        var road = made();
        var response = road.settings(settings(obj("host", obj("namespacePrefix", "other-", "composeNamespace", false))))
                .step();
        assertEquals(
                "env-team-a-dev-jpaxfzo35gcbqyrz",
                body(response, "cluster")
                        .text("spec", "forProvider", "namespace")
                        .orElse(""));
        assertEquals("app-a", Fixtures.names(response));
    }

    @Test
    void aNewAppGetsTheVersionThatIsShippedNow() {
        var response = made().settings(Json.Obj.EMPTY)
                .change(environment(obj("apps", arr(app("a"), app("b")))))
                .step();
        assertEquals(
                "6.14.1",
                body(response, "app-b")
                        .text("spec", "forProvider", "chart", "version")
                        .orElse(""));
    }
}
