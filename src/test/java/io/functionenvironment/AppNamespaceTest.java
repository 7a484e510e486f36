package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.events;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Labels and annotations of an app's namespace. */
class AppNamespaceTest {
    private static final String NAMESPACE = "namespace-db";
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0");
    private static final Json.Obj TEAM = labels("team", "blue");

    private static Json.Obj labels(String key, String value) {
        return obj("namespaceMetadata", obj("labels", obj(key, value)));
    }

    private static Json.Obj team(Json.Obj... apps) {
        return environment(obj(
                "apps",
                List.of(apps).stream()
                        .map(app -> Merge.over(obj("name", "db", "catalog", "db"), app))
                        .toList()));
    }

    private static Json.Obj catalog(Json.Obj entry) {
        return settings(obj("catalog", obj("db", Merge.over(obj("chart", CHART), entry))));
    }

    private static ObservedStateFake state(Json.Obj entry, Json.Obj... apps) {
        return new ObservedStateFake(team(apps), catalog(entry)).steps(10);
    }

    private static Json metadata(ObservedStateFake state) {
        return body(state.call(), NAMESPACE).object("spec", "forProvider", "manifest", "metadata");
    }

    @Test
    void theNamespaceIsThereBeforeTheApp() {
        var state = new ObservedStateFake(team(TEAM), catalog(obj())).steps(4);
        while (!state.names().contains(NAMESPACE)) {
            assertFalse(state.names().contains("app-db"));
            state.step();
        }
        assertFalse(state.names().contains("app-db"));
        assertEquals(
                "app-db namespace-db provider-config-kubernetes",
                names(state.steps(3).call()));
        assertEquals(obj("name", "db", "labels", obj("team", "blue")), metadata(state));
        assertEquals(arr("Observe", "Create", "Update").items(), policies(state.call(), NAMESPACE));
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
    }

    @Test
    void whatTheCatalogEntrySetsWins() {
        var state = state(
                labels("team", "red"),
                obj(
                        "namespaceMetadata",
                        obj("labels", obj("team", "blue", "app", "db"), "annotations", obj("a", "b"))));
        assertEquals(
                obj("name", "db", "labels", obj("team", "red", "app", "db"), "annotations", obj("a", "b")),
                metadata(state));
        assertEquals(List.of("spec.apps[0].namespaceMetadata.labels.team"), invalid(state.call()));
    }

    @Test
    void addingItLeavesAnInstalledAppAsItIs() {
        var state = state(obj(), obj());
        var before = body(state.call(), "app-db").object("spec");
        state.change(team(TEAM));
        for (var step = 0; step < 4; step++) {
            assertEquals(before, body(state.step(), "app-db").object("spec"));
        }
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
        assertTrue(state.names().contains(NAMESPACE));
    }

    @Test
    void removingItWithdrawsTheObjectAndLeavesTheNamespace() {
        var state = state(obj(), TEAM).change(team(obj()));
        var response = state.call();
        assertEquals("Removed NOT_NEEDED", state.decision(NAMESPACE));
        assertEquals(List.of(), events(response));
        assertEquals("app-db", names(state.steps(3).call()));
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
    }

    @Test
    void itGoesAfterTheAppAndIsNeverAllowedToDelete() {
        var state = state(obj(), TEAM).change(team());
        for (var step = 0; step < 8 && state.names().contains(NAMESPACE); step++) {
            var response = state.step();
            if (response.getDesired().containsResources(NAMESPACE)) {
                assertEquals(arr("Observe", "Create", "Update").items(), policies(response, NAMESPACE));
            } else {
                assertFalse(response.getDesired().containsResources("app-db"));
            }
        }
        assertEquals("", names(state.steps(3).call()));
        assertEquals("", removing(state.call()));
    }

    @Test
    void aNamespaceHasItFromOneAppOnly() {
        var second = Merge.over(TEAM, obj("name", "other", "namespace", "db"));
        var state = state(obj(), TEAM, second);
        assertEquals(List.of("spec.apps[1].namespaceMetadata"), invalid(state.call()));
        assertEquals("app-db namespace-db provider-config-kubernetes", names(state.call()));
    }

    @Test
    void namespacesOfKubernetesAreRefused() {
        var state = state(labels("team", "blue"), obj("namespace", "kube-system"));
        assertEquals(List.of("spec.apps[0].namespace"), invalid(state.call()));
        assertFalse(state.names().contains("app-db"));
    }

    @Test
    void itStaysWhileTheAppIsInvalid() {
        var state = state(obj(), TEAM).change(team(obj("values", "none")));
        assertEquals(
                "app-db namespace-db provider-config-kubernetes",
                names(state.steps(2).call()));
        assertEquals(obj("name", "db", "labels", obj("team", "blue")), metadata(state));
    }

    @Test
    void itStaysInTheNamespaceThatTheAppIsInstalledIn() {
        var state = state(obj(), TEAM).change(team(Merge.over(TEAM, obj("namespace", "elsewhere"))));
        assertEquals(List.of("spec.apps[0].namespace"), invalid(state.call()));
        assertEquals(Optional.of("db"), metadata(state).text("name"));
    }
}
