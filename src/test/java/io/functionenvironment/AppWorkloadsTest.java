package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An app is ready only while its workloads are available. */
class AppWorkloadsTest {
    private static final Json.Obj WEB = obj("workloads", arr(obj("kind", "Deployment", "name", "<app>-web")));
    private static final Json.Obj USER = obj("name", "user", "catalog", "podinfo", "dependsOn", arr("shop"));

    private static Json.Obj shop(Json.Obj more) {
        return Merge.over(obj("name", "shop", "catalog", "podinfo"), more);
    }

    private static Json.Obj team(Json.Obj... apps) {
        return environment(obj("apps", List.of(apps)));
    }

    private static ObservedStateFake state(Json.Obj... apps) {
        return new ObservedStateFake(team(apps), Json.Obj.EMPTY).steps(10);
    }

    private static String workload(ObservedStateFake state) {
        return state.names().stream()
                .filter(name -> name.startsWith("workload-shop-"))
                .findFirst()
                .orElseThrow();
    }

    private static Json.Obj unavailable(Object... conditions) {
        return obj(
                "atProvider",
                obj(
                        "manifest",
                        obj(
                                "kind", "Deployment",
                                "metadata", obj("name", "shop-web", "namespace", "shop"),
                                "status", obj("conditions", List.of(conditions)))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "False", "Unavailable")));
    }

    private static String message(ObservedStateFake state) {
        return status(state.call()).items("apps").getFirst().text("message").orElse("");
    }

    @Test
    void aWorkloadIsOnlyObservedOnceItsAppIsInstalled() {
        var state = new ObservedStateFake(team(shop(WEB)), Json.Obj.EMPTY).steps(4);
        while (!state.names().contains("app-shop")) {
            state.step();
        }
        assertFalse(state.names().stream().anyMatch(name -> name.startsWith("workload-")));
        state.steps(4);
        var body = body(state.call(), workload(state));
        assertEquals(
                obj(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "metadata",
                        obj("name", "shop-web", "namespace", "shop")),
                body.object("spec", "forProvider", "manifest"));
        assertEquals(arr("Observe").items(), policies(state.call(), workload(state)));
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
    }

    @Test
    void theMessageNamesTheWorkloadThatIsNotAvailable() {
        var state = state(shop(WEB));
        state.status(workload(state), unavailable());
        assertEquals("FALSE Progressing", reason(state.call(), "AppsReady"));
        assertEquals("is installed and waits for Deployment shop-web in the namespace shop", message(state));
    }

    @Test
    void whatKubernetesGivesUpIsAFailure() {
        var state = state(shop(WEB));
        state.status(
                workload(state),
                unavailable(obj("type", "Progressing", "status", "False", "message", "it has timed out progressing.")));
        assertEquals(
                "FALSE Failing: shop: Deployment shop-web in the namespace shop fails: it has timed out progressing.",
                condition(state.call(), "AppsReady"));
    }

    @Test
    void whatDependsOnAnAppWaitsForItsWorkloads() {
        var state = state(shop(WEB));
        state.status(workload(state), unavailable()).change(team(shop(WEB), USER));
        assertFalse(state.call().getDesired().containsResources("app-user"));
        assertEquals("Pending", call(state, "app-user"));
        var installed = state(shop(WEB), USER);
        installed.status(workload(installed), unavailable());
        assertEquals("Ready", call(installed, "app-user"), "what is installed stays");
    }

    private static String call(ObservedStateFake state, String component) {
        state.call();
        return state.decision(component);
    }

    @Test
    void anAppMayBeInstalledBeforeItGetsWorkloads() {
        var state = state(shop(obj()), USER).change(team(shop(WEB), USER));
        for (var step = 0; step < 4; step++) {
            var response = state.step();
            assertEquals(
                    "shop",
                    body(response, "app-shop")
                            .text("metadata", "annotations", "crossplane.io/external-name")
                            .orElse(""));
        }
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
        workload(state);
    }

    @Test
    void aWorkloadThatIsNoLongerListedGoesWithoutAWord() {
        var state = state(shop(WEB), USER).change(team(shop(obj()), USER));
        var response = state.call();
        assertEquals(List.of(), events(response));
        assertEquals("app-shop app-user", names(state.steps(3).call()));
    }

    @Test
    void aWorkloadGoesWithItsApp() {
        var state = state(shop(WEB), USER).change(team());
        assertEquals("", names(state.steps(12).call()));
    }

    @Test
    void workloadsStayWhileTheAppIsInvalid() {
        var state = state(shop(WEB), USER);
        var name = workload(state);
        state.change(team(shop(Merge.over(WEB, obj("values", "none"))), USER)).steps(2);
        assertEquals(name, workload(state));
        state.change(team(shop(Merge.over(WEB, obj("dependsOn", arr("nothing")))), USER))
                .steps(2);
        assertEquals(name, workload(state));
    }

    @Test
    void theListOfTheAppReplacesThatOfItsCatalogEntry() {
        var settings = settings(obj("catalog", obj("podinfo", WEB)));
        var state = new ObservedStateFake(team(shop(obj())), settings).steps(10);
        workload(state);
        state.change(team(shop(obj("workloads", arr())))).steps(3);
        assertEquals("app-shop", names(state.call()));
    }
}
