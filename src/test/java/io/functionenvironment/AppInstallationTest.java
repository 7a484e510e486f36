package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the chart of an app is installed: how long Helm waits, and what makes provider-helm try again. */
class AppInstallationTest {
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0");

    private static Json.Obj team(Json.Obj app) {
        return environment(obj("apps", arr(Merge.over(obj("name", "db"), app))));
    }

    private static ObservedStateFake state(Json.Obj entry, Json.Obj app) {
        return new ObservedStateFake(
                        team(app), settings(obj("catalog", obj("db", Merge.over(obj("chart", CHART), entry)))))
                .steps(8);
    }

    private static Optional<String> waitTimeout(Json.Obj entry, Json.Obj app) {
        return body(state(entry, app).call(), "app-db").text("spec", "forProvider", "waitTimeout");
    }

    @Test
    void theTimeOfTheAppWinsOverThatOfItsCatalogEntry() {
        var entry = obj("wait", true, "waitTimeout", "90s");
        assertEquals(Optional.of("1m30s"), waitTimeout(entry, obj()));
        assertEquals(Optional.of("9m0s"), waitTimeout(entry, obj("waitTimeout", "9m")));
        assertEquals(Optional.of("1s"), waitTimeout(obj(), obj("wait", true, "waitTimeout", "1s")));
        assertEquals(Optional.empty(), waitTimeout(obj("wait", true), obj()));
    }

    @Test
    void anAppThatDoesNotWaitLeavesTheTimeOfItsCatalogEntryUnused() {
        assertEquals(Optional.empty(), waitTimeout(obj("wait", true, "waitTimeout", "90s"), obj("wait", false)));
    }

    @Test
    void aTimeIsRefusedIfNeitherTheAppNorItsCatalogEntryWaits() {
        var state = state(obj(), obj());
        var response = state.change(team(obj("waitTimeout", "2m"))).call();
        assertEquals(List.of("spec.apps[0].waitTimeout"), invalid(response));
        assertTrue(condition(response, "Accepted").endsWith("set wait to true, or remove waitTimeout"));
        assertEquals(Optional.empty(), body(response, "app-db").text("spec", "forProvider", "waitTimeout"));
    }

    @Test
    void anotherTimeIsNoUpdateOfTheApp() {
        var state = state(obj("wait", true), obj()).change(team(obj("waitTimeout", "8m")));
        state.call();
        assertEquals("Ready", state.decision("app-db"));
    }

    /** The state of a Release that failed a number of times and is retried no more. */
    private static Json.Obj failed(int times) {
        return obj(
                "failed", times,
                "atProvider", obj("state", "failed", "revision", 1),
                "conditions",
                        arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "False", "Unavailable")));
    }

    private static Optional<Double> limit(ObservedStateFake state) {
        return body(state.step(), "app-db").number("spec", "rollbackLimit");
    }

    @Test
    void anotherRequestHasAFailedReleaseRetriedOnceMore() {
        var state = state(obj(), obj()).status("app-db", failed(3));
        assertEquals(Optional.of(3.0), limit(state));
        state.change(team(obj("retryRequestedAt", "one")));
        assertEquals(Optional.of(6.0), limit(state.status("app-db", failed(3))));
        assertEquals(Optional.of(6.0), limit(state.status("app-db", failed(5))));
        assertEquals(Optional.of(6.0), limit(state.status("app-db", failed(6))));
        state.change(team(obj()));
        assertEquals(Optional.of(6.0), limit(state.status("app-db", failed(6))), "a removed request does nothing");
        state.change(team(obj("retryRequestedAt", "two")));
        assertEquals(Optional.of(9.0), limit(state.status("app-db", failed(6))));
    }

    @Test
    void aRequestDoesNothingToAReleaseThatWorks() {
        var state = state(obj(), obj());
        var before = body(state.call(), "app-db").object("spec");
        state.change(team(obj("retryRequestedAt", "one")));
        assertEquals(before, body(state.step(), "app-db").object("spec"));
        assertEquals("Ready", state.decision("app-db"));
    }

    @Test
    void theLimitIsTheUsualOneOnceTheReleaseWorks() {
        var state = state(obj(), obj("retryRequestedAt", "one")).status("app-db", failed(3));
        state.change(team(obj("retryRequestedAt", "two")));
        assertEquals(Optional.of(6.0), limit(state));
        assertEquals(Optional.of(3.0), limit(state.status("app-db", obj())));
    }
}
