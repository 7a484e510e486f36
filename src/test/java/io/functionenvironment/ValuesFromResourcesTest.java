package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Apps have values of other resources: which may be read, what waits for them, and what stays when they are gone. */
class ValuesFromResourcesTest {
    private static final Json.Obj ALLOWED = settings(obj("limits", obj("valueSources", arr("databases.example.org"))));
    private static final String DEFINITION = "definition-databases.example.org";
    private static final Json.Obj DATABASES = definition("Database", "Namespaced", "True", "v1");
    private static final String HOST = "orders.db.example.org";

    @Test
    void aResourceIsLookedUpOnceItsDefinitionShowsThatCrossplaneReadsIt() {
        var state = new ObservedStateFake(app(fromDatabase("status.host", "database.host")), ALLOWED);
        assertEquals(Map.of(DEFINITION, "CompositeResourceDefinition databases.example.org"), asked(state));
        state.untracked(DEFINITION, List.of());
        assertEquals(Map.of(DEFINITION, "CompositeResourceDefinition databases.example.org"), asked(state));
        state.untracked(DEFINITION, List.of(definition("Database", "Namespaced", "False", "v1")));
        assertEquals(Map.of(DEFINITION, "CompositeResourceDefinition databases.example.org"), asked(state));
        state.untracked(DEFINITION, List.of(DATABASES));
        var value = asked(state);
        assertEquals(
                List.of("CompositeResourceDefinition databases.example.org", "Database orders in team-a"),
                value.values().stream().sorted().toList());
        state.untracked(requirement(state), List.of());
        assertEquals(value, asked(state));
    }

    @Test
    void nothingIsLookedUpForOtherApps() {
        assertEquals(Map.of(), asked(new ObservedStateFake(environment("a"), ALLOWED)));
        var forbidden = new ObservedStateFake(app(fromDatabase("status.host", "host")), Json.Obj.EMPTY);
        assertEquals(Map.of(), asked(forbidden));
    }

    @Test
    void whatThePlatformDoesNotAllowIsAnErrorOfThisAppAlone() {
        var state = new ObservedStateFake(
                environment(obj(
                        "apps", arr(withValues("a", fromDatabase("status.host", "host")), obj("name", "podinfo")))),
                Json.Obj.EMPTY);
        state.steps(6);
        assertEquals(List.of("spec.apps[0].valuesFrom[0].resource.apiVersion"), invalid(state.call()));
        assertEquals("app-podinfo", names(state.call()));
        state.settings(settings(obj("limits", obj("valueSources", arr("caches.example.org", "databases.other.org")))));
        state.untracked("definition-caches.example.org", List.of(definition("Cache", "Namespaced", "True", "v1")));
        assertEquals(
                "FALSE Invalid: spec.apps[0].valuesFrom[0].resource.kind: is Database; must be Cache",
                condition(state.call(), "Accepted"));
    }

    @Test
    void whatTheDefinitionContradictsIsAnError() {
        var state = new ObservedStateFake(app(fromDatabase("status.host", "host")), ALLOWED);
        state.untracked(DEFINITION, List.of(definition("Database", "Namespaced", "True", "v2", "v3")));
        assertEquals(
                "FALSE Invalid: spec.apps[0].valuesFrom[0].resource.apiVersion: is example.org/v1, but Database has only v2,"
                        + " v3",
                condition(state.call(), "Accepted"));
        state.untracked(DEFINITION, List.of(definition("Database", "Cluster", "True", "v1")));
        assertEquals(List.of("spec.apps[0].valuesFrom[0].resource.kind"), invalid(state.call()));
    }

    @Test
    void anAppWaitsForItsValueAndSaysWhyAndHoldsBackNothingElse() {
        var state = new ObservedStateFake(
                environment(obj(
                        "apps", arr(withValues("a", fromDatabase("status.host", "host")), obj("name", "podinfo")))),
                ALLOWED);
        state.steps(6);
        var messages = new ArrayList<String>();
        messages.add(message(state));
        state.untracked(DEFINITION, List.of());
        messages.add(message(state));
        state.untracked(DEFINITION, List.of(definition("Database", "Namespaced", "False", "v1")));
        messages.add(message(state));
        state.untracked(DEFINITION, List.of(DATABASES));
        var value = requirement(state);
        state.untracked(value, List.of());
        messages.add(message(state));
        for (var host : List.of("", arr("a"), "x".repeat(1025))) {
            state.untracked(value, List.of(database(obj("host", host))));
            messages.add(message(state));
        }
        assertEquals(
                List.of(
                        "waits for status.host of Database orders, which is not looked up yet",
                        "waits for status.host of Database orders, which Crossplane may not be able to read: there is no"
                                + " CompositeResourceDefinition databases.example.org",
                        "waits for status.host of Database orders, which Crossplane cannot read: the"
                                + " CompositeResourceDefinition databases.example.org is not established",
                        "waits for status.host of Database orders, which does not exist",
                        "waits for status.host of Database orders, which has no value",
                        "waits for status.host of Database orders, which is not a text of at most 1024 characters, a number,"
                                + " true or false",
                        "waits for status.host of Database orders, which is not a text of at most 1024 characters, a number,"
                                + " true or false"),
                messages);
        var response = state.step();
        assertEquals("app-podinfo", names(response));
        assertEquals("TRUE Accepted", reason(response, "Accepted"));
        assertEquals("FALSE Progressing", reason(response, "AppsReady"));
        state.untracked(value, List.of(database(obj("host", HOST))));
        assertEquals(obj("host", HOST), values(state.step()));
    }

    @Test
    void valuesKeepTheirType() {
        var state = withDatabase(
                app(
                        fromDatabase("status.ports[1]", "port"),
                        fromDatabase("spec.tags[a.b/c]", "labels.a\\.b/c"),
                        fromDatabase("status.tls", "tls"),
                        fromDatabase("status.ratio", "ratio")),
                obj("ports", arr(1, 5432), "tls", false, "ratio", 0.5));
        assertEquals(
                obj("port", 5432, "labels", obj("a.b/c", "5432"), "tls", false, "ratio", 0.5), values(state.step()));
    }

    @Test
    void anAppsOwnValuesWinAndTheCatalogsDoNot() {
        var catalog = settings(obj(
                "limits",
                obj("valueSources", arr("databases.example.org")),
                "catalog",
                obj(
                        "podinfo",
                        obj(
                                "values",
                                obj("host", "catalog", "port", 1),
                                "set",
                                arr(obj("name", "host", "value", "set-of-the-catalog"))))));
        var app = Merge.over(
                (Json.Obj) withValues("a", fromDatabase("status.host", "host"), fromDatabase("status.name", "name")),
                obj("values", obj("name", "own")));
        var state = withDatabase(environment(obj("apps", arr(app))), obj("host", HOST, "name", "theirs"));
        state.settings(catalog);
        var response = state.step();
        assertEquals(obj("host", HOST, "port", 1, "name", "own"), values(response));
        assertEquals(Optional.empty(), body(response, "app-a").at("spec", "forProvider", "set"));
    }

    @Test
    void aLockedValueWinsAndIsAnErrorAtTheItem() {
        var catalog = settings(obj(
                "limits",
                obj("valueSources", arr("databases.example.org")),
                "catalog",
                obj("podinfo", obj("values", obj("host", "locked"), "locked", arr("host")))));
        var state = withDatabase(app(fromDatabase("status.host", "host")), obj("host", HOST));
        state.settings(catalog);
        var response = state.step();
        assertEquals(List.of("spec.apps[0].valuesFrom[0].resource"), invalid(response));
        assertEquals(obj("host", "locked"), values(response));
    }

    @Test
    void valuesFromSecretsStandBelow() {
        var state = withDatabase(
                environment(obj(
                        "apps",
                        arr(obj(
                                "name",
                                "a",
                                "catalog",
                                "podinfo",
                                "valuesFrom",
                                arr(fromDatabase("status.host", "host"), obj("secretKeyRef", obj("name", "some"))))))),
                obj("host", HOST));
        var release = body(state.step(), "app-a").object("spec", "forProvider");
        assertEquals(
                obj("values", obj("host", HOST), "valuesFrom", arr(obj("secretKeyRef", obj("name", "some")))),
                obj("values", release.at("values"), "valuesFrom", release.at("valuesFrom")));
    }

    @Test
    void aChangedValueReachesTheApp() {
        var state = withDatabase(app(fromDatabase("status.host", "host")), obj("host", HOST));
        state.steps(3);
        state.untracked(requirement(state), List.of(database(obj("host", "other"))));
        assertEquals(obj("host", "other"), values(state.step()));
    }

    /** Nothing of this may uninstall or change an app that runs. */
    @Test
    void anAppKeepsTheLastValueWhateverIsGoneAndSaysSo() {
        var losses = new LinkedHashMap<String, Change>();
        losses.put("which has no value", (state, value) -> state.untracked(value, List.of(database(obj()))));
        losses.put("which does not exist", (state, value) -> state.untracked(value, List.of()));
        losses.put(
                "which Crossplane cannot read: the CompositeResourceDefinition databases.example.org is not established",
                (state, value) ->
                        state.untracked(DEFINITION, List.of(definition("Database", "Namespaced", "False", "v1"))));
        losses.put(
                "which Crossplane may not be able to read: there is no CompositeResourceDefinition databases.example.org",
                (state, value) -> state.untracked(DEFINITION, List.of()));
        losses.forEach((why, loss) -> {
            var state = withDatabase(app(fromDatabase("status.host", "host")), obj("host", HOST));
            state.steps(3);
            var before = state.observed("app-a").at("spec");
            loss.of(state, requirement(state));
            var response = state.step();
            assertEquals(before, body(response, "app-a").at("spec"));
            assertEquals("is ready; keeps the last value of status.host of Database orders, " + why, message(state));
            assertEquals("TRUE Available", reason(response, "AppsReady"));
        });
    }

    @Test
    void otherChangesReachAnAppThatKeepsTheLastValue() {
        var state = withDatabase(app(fromDatabase("status.host", "host")), obj("host", HOST));
        state.steps(3);
        state.untracked(requirement(state), List.of());
        var changed = Merge.over(
                (Json.Obj) withValues("a", fromDatabase("status.host", "host")), obj("values", obj("replicas", 2)));
        state.change(environment(obj("apps", arr(changed))));
        assertEquals(obj("host", HOST, "replicas", 2), values(state.step()));
    }

    @Test
    void anAppThatNeverHadTheValueStaysAsItIs() {
        var state = withDatabase(environment("a"), obj());
        state.steps(6);
        var before = state.observed("app-a").at("spec");
        state.change(Merge.over(
                app(fromDatabase("status.host", "host")),
                obj(
                        "spec",
                        obj(
                                "apps",
                                arr(Merge.over(
                                        (Json.Obj) withValues("a", fromDatabase("status.host", "host")),
                                        obj("values", obj("replicas", 2))))))));
        state.untracked(requirement(state), List.of(database(obj())));
        var response = state.step();
        assertEquals(before, body(response, "app-a").at("spec"));
        assertEquals("waits for status.host of Database orders, which has no value", message(state));
        assertEquals("FALSE Progressing", reason(response, "AppsReady"));
        state.untracked(requirement(state), List.of(database(obj("host", HOST))));
        assertEquals(obj("host", HOST, "replicas", 2), values(state.step()));
    }

    @Test
    void anAppStaysAsItIsWhenItsKindIsNoLongerAllowed() {
        var state = withDatabase(app(fromDatabase("status.host", "host")), obj("host", HOST));
        state.steps(3);
        var before = state.observed("app-a").at("spec");
        state.settings(Json.Obj.EMPTY);
        var response = state.step();
        assertFalse(fatal(response));
        assertEquals(before, body(response, "app-a").at("spec"));
        assertEquals(List.of("spec.apps[0].valuesFrom[0].resource.apiVersion"), invalid(response));
    }

    private interface Change {
        void of(ObservedStateFake state, String value);
    }

    /** The cluster is ready, and the database has this status. */
    private static ObservedStateFake withDatabase(Json.Obj environment, Json.Obj status) {
        var state = new ObservedStateFake(environment, ALLOWED).untracked(DEFINITION, List.of(DATABASES));
        asked(state).keySet().stream()
                .filter(name -> name.startsWith("value-"))
                .forEach(name -> state.untracked(name, List.of(database(status))));
        return state.steps(4);
    }

    private static String requirement(ObservedStateFake state) {
        return asked(state).keySet().stream()
                .filter(name -> name.startsWith("value-"))
                .findFirst()
                .orElseThrow();
    }

    /** What is looked up of other resources, by requirement. */
    private static Map<String, String> asked(ObservedStateFake state) {
        var asked = new LinkedHashMap<String, String>();
        state.call().getRequirements().getResourcesMap().forEach((name, selector) -> {
            if (!name.startsWith("untracked-")) {
                var where = selector.hasNamespace() ? " in " + selector.getNamespace() : "";
                asked.put(name, selector.getKind() + " " + selector.getMatchName() + where);
            }
        });
        return asked;
    }

    private static String message(ObservedStateFake state) {
        return status(state.call()).items("apps").getFirst().text("message").orElse("");
    }

    private static Json.Obj values(RunFunctionResponse response) {
        return body(response, "app-a").object("spec", "forProvider", "values");
    }

    private static Json.Obj app(Json... from) {
        return environment(obj("apps", arr(withValues("a", from))));
    }

    private static Json withValues(String name, Json... from) {
        return obj("name", name, "catalog", "podinfo", "valuesFrom", List.of(from));
    }

    private static Json fromDatabase(String field, String place) {
        return obj(
                "resource",
                obj(
                        "apiVersion",
                        "example.org/v1",
                        "kind",
                        "Database",
                        "name",
                        "orders",
                        "fromFieldPath",
                        field,
                        "toFieldPath",
                        place));
    }

    private static Json.Obj definition(String kind, String scope, String established, String... versions) {
        return obj(
                "apiVersion",
                "apiextensions.crossplane.io/v2",
                "kind",
                "CompositeResourceDefinition",
                "metadata",
                obj("name", "databases.example.org"),
                "spec",
                obj(
                        "group",
                        "example.org",
                        "names",
                        obj("kind", kind),
                        "scope",
                        scope,
                        "versions",
                        List.of(versions).stream()
                                .map(version -> obj("name", version, "served", true))
                                .toList()),
                "status",
                obj(
                        "conditions",
                        arr(ObservedStateFake.condition("Established", established, "WatchingCompositeResource"))));
    }

    private static Json.Obj database(Json.Obj status) {
        return obj(
                "apiVersion",
                "example.org/v1",
                "kind",
                "Database",
                "metadata",
                obj("name", "orders", "namespace", "team-a"),
                "spec",
                obj("tags", obj("a.b/c", "5432")),
                "status",
                status);
    }
}
