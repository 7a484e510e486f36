package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import org.junit.jupiter.api.Test;

/** What becomes of what we cannot accept: it is said where it is wrong, nothing is lost, and all else goes on. */
class AcceptanceTest {

    @Test
    void settingsThatCannotBeReadStopEverythingAndKeepEveryCondition() {
        var road = ready("a").settings(settings(obj("limits", obj("maxApps", "many"))));
        var response = road.call();
        assertTrue(fatal(response));
        assertEquals(0, response.getDesired().getResourcesCount());
        assertEquals(
                "FALSE Invalid: data.limits.maxApps: is text, must be a whole number", condition(response, "Accepted"));
        assertEquals("TRUE Available: The cluster is available.", condition(response, "ClusterReady"));
        assertEquals(3, response.getConditionsCount());
    }

    @Test
    void aRequestWithoutACompositeIsRefusedAsAnAnswer() {
        var response = new ObservedStateFake(Json.Obj.EMPTY, Json.Obj.EMPTY).call();
        assertTrue(fatal(response));
        assertEquals(3, response.getConditionsCount());
    }

    @Test
    void anAppThatBecomesBadIsHeldAsItIs() {
        var road = ready("a", "b");
        var before = road.observed("app-b").object("spec");
        road.change(environment(
                obj("apps", arr(app("a"), obj("name", "b", "catalog", "podinfo", "values", "not an object")))));
        var response = road.step();
        assertEquals(before, body(response, "app-b").object("spec"));
        assertEquals("FALSE Invalid: spec.apps[1].values: is text, must be an object", condition(response, "Accepted"));
        assertEquals("TRUE Available: All 2 apps are ready.", condition(response, "AppsReady"));
    }

    @Test
    void noAppIsRemovedWhileNotAllNamesCanBeRead() {
        var road = ready("a", "b").change(environment(obj("apps", arr(app("a"), obj("name", "B!")))));
        var response = road.step();
        assertEquals("app-a app-b", names(response));
        assertEquals(
                JsonLiteral.arr("Observe", "Create", "Update", "LateInitialize").items(),
                Fixtures.policies(response, "app-b"));
    }

    @Test
    void appsThatAreNoListAreNoReasonToRemoveAnything() {
        var road = ready("a", "b").change(environment(obj("apps", "a, b")));
        assertEquals("app-a app-b", names(road.step()));
    }

    @Test
    void anUnknownSizeKeepsTheClusterAsItIs() {
        var road = ready("a").change(environment(obj("size", "huge", "apps", arr(app("a")))));
        var before = road.observed("cluster").object("spec");
        var response = road.step();
        assertEquals(before, body(response, "cluster").object("spec"));
        assertEquals(
                "FALSE Invalid: spec.size: is \"huge\", must be one of large, medium, small",
                condition(response, "Accepted"));
        assertEquals("TRUE Available: The cluster is available.", condition(response, "ClusterReady"));
    }

    @Test
    void anUnknownSizeMakesNoClusterAtAll() {
        var response = new ObservedStateFake(environment(obj("size", "huge")), Json.Obj.EMPTY).call();
        assertEquals("-cluster -health -namespace -provider-config-helm", names(response));
        assertEquals(
                "FALSE Invalid: The cluster cannot be planned as requested; see the condition Accepted.",
                condition(response, "ClusterReady"));
    }

    @Test
    void aVolumeStaysAsItWasMade() {
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
        assertEquals(
                "FALSE Invalid: spec.size: asks for a cluster volume of 9Gi, but the cluster was made with 5Gi, which"
                        + " cannot change; the rest of the size is applied",
                condition(response, "Accepted"));
    }

    @Test
    void kubernetesGoesUpByOneMinorVersionAndNeverDown() {
        var kubernetes = new String[] {"controlPlane", "distro", "k8s", "version"};
        for (var wanted : java.util.List.of("1.33", "1.34")) {
            var response = ready("a")
                    .change(environment(obj("kubernetesVersion", wanted, "apps", arr(app("a")))))
                    .step();
            assertEquals(
                    "v1.35.0",
                    body(response, "cluster")
                            .object("spec", "forProvider", "values")
                            .text(kubernetes)
                            .orElse(""));
            assertEquals(
                    "FALSE Invalid: spec.kubernetesVersion: is " + wanted
                            + ", but the cluster runs 1.35: it can stay, or go to 1.36",
                    condition(response, "Accepted"));
        }
        var up = ready("a")
                .change(environment(obj("kubernetesVersion", "1.36", "apps", arr(app("a")))))
                .step();
        assertEquals(
                "v1.36.0",
                body(up, "cluster")
                        .object("spec", "forProvider", "values")
                        .text(kubernetes)
                        .orElse(""));
    }

    @Test
    void anAppStaysInItsNamespace() {
        var response = ready("a")
                .change(environment(obj("apps", arr(obj("name", "a", "catalog", "podinfo", "namespace", "elsewhere")))))
                .step();
        assertEquals(
                "a",
                body(response, "app-a").text("spec", "forProvider", "namespace").orElse(""));
        assertTrue(condition(response, "Accepted").startsWith("FALSE Invalid: spec.apps[0].namespace: is elsewhere"));
    }

    @Test
    void appsThatDependOnEachOtherAreRefusedTogether() {
        var response = new ObservedStateFake(environment("a>b", "b>a", "c"), Json.Obj.EMPTY)
                .steps(6)
                .call();
        assertEquals("app-c", names(response));
        assertTrue(condition(response, "Accepted").contains("a, b depend on each other"));
    }

    @Test
    void moreAppsThanAllowedAreRefusedFromTheEndOfTheList() {
        var response = new ObservedStateFake(environment("a", "b", "c"), settings(obj("limits", obj("maxApps", 2))))
                .steps(6)
                .call();
        assertEquals("app-a app-b", names(response));
        assertEquals(
                "FALSE Invalid: spec.apps[2]: is app 3, but this platform allows 2", condition(response, "Accepted"));
    }

    @Test
    void aRepositoryIsAllowedByWholeSegmentsOnly() {
        var only = settings(obj("limits", obj("chartRepositories", arr("oci://ghcr.io/team"))));
        for (var repository : java.util.List.of("oci://ghcr.io/team", "oci://ghcr.io/team/charts")) {
            assertEquals("TRUE", asked(repository, only));
        }
        for (var repository : java.util.List.of(
                "oci://ghcr.io/team-of-others", "https://ghcr.io/team", "oci://ghcr.io", "oci://ghcr.io.evil/team")) {
            assertEquals("FALSE", asked(repository, only));
        }
    }

    private static String asked(String repository, Json.Obj settings) {
        var own = obj("name", "own", "chart", obj("repository", repository, "name", "own", "version", "1.0.0"));
        var response = new ObservedStateFake(environment(obj("apps", arr(own))), settings).call();
        assertFalse(fatal(response));
        return condition(response, "Accepted").replaceAll(" .*", "");
    }
}
