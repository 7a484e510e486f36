package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of the platform that depend on the Environment. */
class EnvironmentValuesTest {
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "web", "version", "1.0.0");
    private static final Json.Obj HOST =
            obj("environmentValues", arr(obj("name", "ingress.hosts[0].host", "value", "<domain>")));
    private static final Json.Obj TEAM = obj("environmentValues", arr(obj("name", "team", "value", "<label:team>")));

    private static Json.Obj team(Json.Obj app) {
        return environment(obj("apps", arr(Merge.over(obj("name", "web"), app))));
    }

    private static Json.Obj labelled(String team) {
        return Merge.over(team(obj()), obj("metadata", obj("labels", obj("team", team))));
    }

    private static Json.Obj catalog(Json.Obj entry) {
        return settings(obj("domain", "example.org", "catalog", obj("web", Merge.over(obj("chart", CHART), entry))));
    }

    private static Json.Obj release(Json.Obj entry, Json.Obj environment) {
        return body(new ObservedStateFake(environment, catalog(entry)).steps(8).call(), "app-web")
                .object("spec", "forProvider");
    }

    private static Json.Obj values(Json.Obj entry, Json.Obj app) {
        return release(entry, team(app)).object("values");
    }

    @Test
    void placeholdersStandForTheEnvironment() {
        var entry = obj(
                "environmentValues",
                arr(
                        obj("name", "who", "value", "<namespace>/<name>, <size>"),
                        obj("name", "a\\.b/c", "value", "{{ .Release.Name }} $(VAR) > <name>")));
        assertEquals(
                obj("who", "team-a/dev, small", "a.b/c", "{{ .Release.Name }} $(VAR) > dev"), values(entry, obj()));
        assertEquals(obj("team", "blue"), release(TEAM, labelled("blue")).object("values"));
    }

    @Test
    void theyArePartOfTheValuesOfTheirEntry() {
        var entry = Merge.over(HOST, obj("values", obj("ingress", obj("hosts", arr(obj("paths", arr("/")))))));
        assertEquals(
                obj("ingress", obj("hosts", arr(obj("paths", arr("/"), "host", "dev.team-a.example.org")))),
                values(entry, obj()));
        assertEquals(
                obj("ingress", obj("hosts", arr())),
                values(entry, obj("values", obj("ingress", obj("hosts", arr())))),
                "what an app writes wins");
    }

    @Test
    void theyCanBeLocked() {
        var entry = obj(
                "environmentValues",
                arr(obj("name", "ingress.host", "value", "<domain>")),
                "locked",
                arr("ingress.host"));
        var state = new ObservedStateFake(team(obj("values", obj("ingress", obj("host", "mine")))), catalog(entry))
                .steps(8);
        assertEquals(List.of("spec.apps[0].values.ingress.host"), invalid(state.call()));
        assertEquals(
                arr(obj("name", "ingress.host", "value", "dev.team-a.example.org"))
                        .items(),
                body(state.call(), "app-web").items("spec", "forProvider", "set"));
    }

    @Test
    void aLockedTextThatLooksLikeANumberIsRefused() {
        var state =
                new ObservedStateFake(labelled("4711"), catalog(Merge.over(TEAM, obj("locked", arr("team"))))).steps(8);
        assertEquals(List.of("spec.apps[0]"), invalid(state.call()));
        assertEquals("", names(state.call()));
    }

    @Test
    void anAppWaitsForAMissingLabelAndStaysAsItIsWithoutOne() {
        var state = new ObservedStateFake(team(obj()), catalog(TEAM)).steps(8);
        assertEquals("", names(state.call()));
        assertEquals(
                "FALSE Invalid: metadata.labels.team: is missing or empty, and the platform makes a value of the app \"web\""
                        + " from it; set the label",
                condition(state.call(), "Accepted"));
        state.change(labelled("blue")).steps(3);
        assertEquals(obj("team", "blue"), body(state.call(), "app-web").object("spec", "forProvider", "values"));
        state.change(labelled("")).steps(2);
        assertEquals(obj("team", "blue"), body(state.call(), "app-web").object("spec", "forProvider", "values"));
        assertEquals(List.of("metadata.labels.team"), invalid(state.call()));
    }

    @Test
    void anUnknownSizeIsReportedAloneAndTheAppStays() {
        var entry = obj("environmentValues", arr(obj("name", "size", "value", "<size>")));
        var state = new ObservedStateFake(team(obj()), catalog(entry)).steps(8);
        state.change(environment(obj("size", "huge", "apps", arr(obj("name", "web")))));
        assertEquals(List.of("spec.size"), invalid(state.call()));
        assertEquals(obj("size", "small"), body(state.call(), "app-web").object("spec", "forProvider", "values"));
    }

    @Test
    void anAppOfThePlatformHasValuesOfItsOwnOverThoseOfItsEntry() {
        var app = obj("name", "web", "environmentValues", arr(obj("name", "ingress.hosts[0].host", "value", "<name>")));
        var state = new ObservedStateFake(
                        environment(obj()),
                        settings(obj(
                                "domain",
                                "example.org",
                                "apps",
                                arr(app, Merge.over(app, obj("name", "other", "chart", CHART))),
                                "catalog",
                                obj("web", Merge.over(obj("chart", CHART), HOST)))))
                .steps(8);
        for (var name : List.of("app-web", "app-other")) {
            assertEquals(
                    obj("ingress", obj("hosts", arr(obj("host", "dev")))),
                    body(state.call(), name).object("spec", "forProvider", "values"));
        }
        assertEquals("TRUE Available", reason(state.call(), "AppsReady"));
    }

    @Test
    void theyStandBelowReferencesOfTheAppInAConfigMap() {
        var app = obj("valuesFrom", arr(obj("secretKeyRef", obj("name", "secret"))));
        var state = new ObservedStateFake(team(app), catalog(HOST)).steps(8);
        var name = state.names().stream()
                .filter(some -> some.startsWith("values-"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "{\"ingress\":{\"hosts\":[{\"host\":\"dev.team-a.example.org\"}]}}",
                body(state.call(), name).text("data", "values.yaml").orElseThrow());
    }
}
