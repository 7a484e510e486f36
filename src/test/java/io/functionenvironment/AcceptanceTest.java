package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How errors in a request are handled: they are reported by path, existing parts are kept, and all other parts proceed. */
class AcceptanceTest {

    @Test
    void invalidSettingsPauseReconciliationAndRepeatTheOtherConditions() {
        var state = ready("a").settings(settings(obj("limits", obj("maxApps", "many"))));
        var response = state.call();
        assertTrue(fatal(response));
        assertEquals(0, response.getDesired().getResourcesCount());
        assertEquals(List.of("EnvironmentConfig data.limits.maxApps"), invalid(response));
        assertEquals("TRUE Available", reason(response, "ClusterReady"));
        assertEquals(3, response.getConditionsCount());
    }

    @Test
    void aRequestWithoutACompositeIsRefusedInTheResponse() {
        var response = new ObservedStateFake(Json.Obj.EMPTY, Json.Obj.EMPTY).call();
        assertTrue(fatal(response));
        assertEquals(2, response.getConditionsCount());
    }

    @Test
    void anAppWithAnErrorIsKeptAsItIs() {
        var state = ready("a", "b");
        var before = state.observed("app-b").object("spec");
        state.change(environment(
                obj("apps", arr(app("a"), obj("name", "b", "catalog", "podinfo", "values", "not an object")))));
        var response = state.step();
        assertEquals(before, body(response, "app-b").object("spec"));
        assertEquals(List.of("spec.apps[1].values"), invalid(response));
        assertEquals("TRUE Available", reason(response, "AppsReady"));
    }

    @Test
    void noAppIsRemovedWhileTheNameOfAnAppIsInvalid() {
        var state = ready("a", "b").change(environment(obj("apps", arr(app("a"), obj("name", "B!")))));
        var response = state.step();
        assertEquals("app-a app-b", names(response));
        assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(response, "app-b"));
        assertEquals(List.of("spec.apps[1].name"), invalid(response));
    }

    @Test
    void noAppIsRemovedIfAppsIsNotAList() {
        var response = ready("a", "b").change(environment(obj("apps", "a, b"))).step();
        assertEquals("app-a app-b", names(response));
        assertEquals(List.of("spec.apps"), invalid(response));
    }

    @Test
    void anUnknownSizeKeepsTheClusterAsItIs() {
        var state = ready("a").change(environment(obj("size", "huge", "apps", arr(app("a")))));
        var before = state.observed("cluster").object("spec");
        var response = state.step();
        assertEquals(before, body(response, "cluster").object("spec"));
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals("TRUE Available", reason(response, "ClusterReady"));
    }

    @Test
    void whatStartsWhileAClusterIsKeptReachesIt() {
        var manifest = obj(
                "name",
                "labels",
                "manifest",
                obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", "labels")));
        var state = ready("a");
        state.change(environment(obj(
                "size", "huge",
                "manifests", arr(manifest),
                "apps", arr(app("a"), obj("name", "b", "catalog", "podinfo", "dependsOn", arr("labels"))))));
        assertEquals(List.of("spec.size"), invalid(state.call()));
        assertEquals("TRUE Available", reason(state.steps(4).call(), "AppsReady"));
    }

    @Test
    void noClusterIsCreatedForAnUnknownSize() {
        var response = new ObservedStateFake(environment(obj("size", "huge")), Json.Obj.EMPTY).call();
        assertEquals("-cluster -health -namespace -provider-config-helm", names(response));
        assertEquals(List.of("spec.size"), invalid(response));
        assertEquals("FALSE Invalid", reason(response, "ClusterReady"));
    }

    @Test
    void aVolumeKeepsItsSize() {
        var bigger = settings(obj("sizes", obj("small", obj("vcluster", obj("storage", "9Gi", "cpu", "3")))));
        var response = ready("a").settings(bigger).step();
        var values = body(response, "cluster").object("spec", "forProvider", "values");
        assertEquals(
                "5Gi",
                values.text("controlPlane", "statefulSet", "persistence", "volumeClaim", "size")
                        .orElse(""));
        assertEquals(
                "6000m",
                values.text("policies", "resourceQuota", "quota", "requests.cpu")
                        .orElse(""));
        assertEquals(List.of("spec.size"), invalid(response));
    }

    @Test
    void kubernetesIsUpgradedByOneMinorVersionAndNeverDowngraded() {
        var kubernetes = new String[] {"controlPlane", "distro", "k8s", "version"};
        for (var older : List.of("1.33", "1.34")) {
            var response = ready("a")
                    .change(environment(obj("kubernetesVersion", older, "apps", arr(app("a")))))
                    .step();
            assertEquals(
                    "v1.35.0",
                    body(response, "cluster")
                            .object("spec", "forProvider", "values")
                            .text(kubernetes)
                            .orElse(""));
            assertEquals(List.of("spec.kubernetesVersion"), invalid(response));
        }
        var upgrade = ready("a")
                .change(environment(obj("kubernetesVersion", "1.36", "apps", arr(app("a")))))
                .step();
        assertEquals(
                "v1.36.0",
                body(upgrade, "cluster")
                        .object("spec", "forProvider", "values")
                        .text(kubernetes)
                        .orElse(""));
    }

    @Test
    void anAppKeepsItsNamespace() {
        var response = ready("a")
                .change(environment(obj("apps", arr(obj("name", "a", "catalog", "podinfo", "namespace", "elsewhere")))))
                .step();
        assertEquals(
                "a",
                body(response, "app-a").text("spec", "forProvider", "namespace").orElse(""));
        assertEquals(List.of("spec.apps[0].namespace"), invalid(response));
    }

    @Test
    void appsThatDependOnEachOtherAreAllInvalid() {
        var response = new ObservedStateFake(environment("a>b", "b>a", "c"), Json.Obj.EMPTY)
                .steps(6)
                .call();
        assertEquals("app-c", names(response));
        assertEquals(List.of("spec.apps[0].dependsOn"), invalid(response));
    }

    @Test
    void appsBeyondTheLimitAreInvalid() {
        var response = new ObservedStateFake(environment("a", "b", "c"), settings(obj("limits", obj("maxApps", 2))))
                .steps(6)
                .call();
        assertEquals("app-a app-b", names(response));
        assertEquals(List.of("spec.apps[2]"), invalid(response));
    }

    @Test
    void chartRepositoriesAreComparedByWholeSegments() {
        for (var repository : List.of("oci://ghcr.io/team", "oci://ghcr.io/team/charts")) {
            assertEquals(List.of(), invalidWithChartOf(repository));
        }
        for (var repository : List.of(
                "oci://ghcr.io/team-of-others", "https://ghcr.io/team", "oci://ghcr.io", "oci://ghcr.io.evil/team")) {
            assertEquals(List.of("spec.apps[0].chart.repository"), invalidWithChartOf(repository));
        }
    }

    private static List<String> invalidWithChartOf(String repository) {
        var own = obj("name", "own", "chart", obj("repository", repository, "name", "own", "version", "1.0.0"));
        var allowed = settings(obj("limits", obj("chartRepositories", arr("oci://ghcr.io/team"))));
        var response = new ObservedStateFake(environment(obj("apps", arr(own))), allowed).call();
        assertFalse(fatal(response));
        return invalid(response);
    }

    /** provider-helm keeps charts as NAME-VERSION.tgz, whichever repository they are from. */
    @Test
    void aChartThatCanTakeThePlaceOfOneOfThePlatformIsRefused() {
        for (var name : List.of("vcluster", "podinfo", "podinfo-6.14.1", "db", "probe")) {
            assertEquals(List.of("spec.apps[0].chart.name"), invalidWithChart("https://charts.team-x.example", name));
        }
        for (var name : List.of("own", "vcluster-tools", "podinfo-7")) {
            assertEquals(List.of(), invalidWithChart("https://charts.team-x.example", name));
        }
        assertEquals(List.of(), invalidWithChart("https://charts.example.org/", "db"));
        assertEquals(List.of("spec.apps[0].chart.name"), invalidWithChart("https://charts.example.org/other", "db"));
    }

    @Test
    void theErrorOfAChartInThePlaceOfAnotherSaysWhatToDo() {
        var own = obj(
                "name",
                "own",
                "chart",
                obj("repository", "https://charts.team-x.example", "name", "podinfo", "version", "9.9.9"));
        var response = new ObservedStateFake(
                        environment(obj("apps", arr(own))),
                        settings(obj("limits", obj("chartRepositories", arr("https://charts.team-x.example")))))
                .call();
        assertEquals(
                "FALSE Invalid: spec.apps[0].chart.name: is \"podinfo\", but the chart of the catalog entry \"podinfo\" is"
                        + " \"podinfo\" from another repository, and provider-helm keeps charts by name and version only, so"
                        + " it could install yours in the place of that one; remove chart.repository and chart.name, and"
                        + " set catalog to podinfo, or use a chart of another name",
                condition(response, "Accepted"));
    }

    private static List<String> invalidWithChart(String repository, String name) {
        var own = obj("name", "own", "chart", obj("repository", repository, "name", name, "version", "9.9.9"));
        var db = obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0");
        var probe = obj("repository", "https://charts.example.org", "name", "probe", "version", "1.0.0");
        var allowed = settings(obj(
                "catalog",
                obj("database", obj("chart", db)),
                "apps",
                arr(obj("name", "platform-probe", "chart", probe)),
                "limits",
                obj("chartRepositories", arr("https://charts.team-x.example", "https://charts.example.org/other"))));
        return invalid(new ObservedStateFake(environment(obj("apps", arr(own))), allowed).call());
    }
}
