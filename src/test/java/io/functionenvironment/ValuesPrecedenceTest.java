package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a team writes wins over what the catalog writes, in whatever form, and locked values win over both. */
class ValuesPrecedenceTest {
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "db", "version", "1.0.0");
    private static final Json.Obj TEAM_SECRET = obj("secretKeyRef", obj("name", "db-values"));
    private static final Json.Obj CATALOG_SECRET = obj("secretKeyRef", obj("name", "catalog-values"));
    private static final Json.Obj PASSWORD = obj("auth", obj("password", "changeme"));
    private static final String LOCKED = "sets a value that the platform has locked (auth.password of the catalog entry"
            + " \"db\"); the locked value applies; remove it";
    private static final Json.Obj USER = obj("name", "auth.user", "value", "admin");

    /** The values of the catalog entry and of the app, in the form of a Release; those of a ConfigMap stand in its place. */
    private static Json values(ObservedStateFake state) {
        var response = state.call();
        var forProvider = body(response, "app-db").object("spec", "forProvider");
        var from = forProvider.items("valuesFrom").stream()
                .map(reference -> response.getDesired().getResourcesMap().keySet().stream()
                        .filter(name -> reference
                                .text("configMapKeyRef", "name")
                                .equals(state.observed(name).text("metadata", "name")))
                        .map(name -> Yaml.documents(body(response, name)
                                        .text("data", "values.yaml")
                                        .orElseThrow())
                                .getFirst())
                        .findFirst()
                        .orElse(reference))
                .toList();
        return obj("valuesFrom", from, "values", forProvider.object("values"), "set", forProvider.items("set"));
    }

    private static ObservedStateFake state(Json.Obj entry, Json.Obj app) {
        return new ObservedStateFake(team(app), catalog(entry)).steps(8);
    }

    private static Json.Obj team(Json.Obj app) {
        return environment(obj("apps", arr(Merge.over(obj("name", "db"), app))));
    }

    private static Json.Obj catalog(Json.Obj entry) {
        return settings(obj("catalog", obj("db", Merge.over(obj("chart", CHART), entry))));
    }

    private static String error(Json.Obj entry, Json.Obj app) {
        return condition(new ObservedStateFake(team(app), catalog(entry)).call(), "Accepted");
    }

    private static Set<String> configMaps(ObservedStateFake state) {
        return state.names().stream().filter(name -> name.startsWith("values-")).collect(Collectors.toSet());
    }

    @Test
    void valuesFromOfTheTeamStandsAboveTheValuesAndTheSetOfTheCatalog() {
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(CATALOG_SECRET, obj("auth", obj("password", "changeme", "user", "admin")), TEAM_SECRET),
                        "values",
                        obj("replicas", 2),
                        "set",
                        arr(obj("name", "ui.color", "value", "blue"))),
                values(state(
                        obj("values", PASSWORD, "valuesFrom", arr(CATALOG_SECRET), "set", arr(USER)),
                        obj(
                                "valuesFrom",
                                arr(TEAM_SECRET),
                                "values",
                                obj("replicas", 2),
                                "set",
                                arr(obj("name", "ui.color", "value", "blue"))))));
    }

    @Test
    void valuesOfTheTeamStandAboveTheSetOfTheCatalog() {
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(),
                        "values",
                        obj("auth", obj("password", "changeme", "user", "alice"), "port", 1),
                        "set",
                        arr(obj("name", "ui.color", "value", "blue"))),
                values(state(
                        obj(
                                "values",
                                PASSWORD,
                                "set",
                                arr(USER, obj("name", "ui.color", "value", "blue"), obj("name", "port", "value", "1"))),
                        obj("values", obj("auth", obj("user", "alice"), "port", 1)))));
    }

    @Test
    void anItemOfTheCatalogThatTheTeamDoesNotWriteStaysInSetBeforeThoseOfTheTeam() {
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(),
                        "values",
                        obj("auth", obj("password", "mine", "other", obj())),
                        "set",
                        arr(USER, obj("name", "auth.user", "value", "alice"))),
                values(state(
                        obj("values", PASSWORD, "set", arr(USER)),
                        obj(
                                "values",
                                obj("auth", obj("password", "mine", "other", obj())),
                                "set",
                                arr(obj("name", "auth.user", "value", "alice"))))));
    }

    @Test
    void anItemBeforeOneThatMovesOnTheSamePathMovesToo() {
        assertEquals(
                obj("valuesFrom", arr(), "values", obj("a", obj("b", obj("d", 2))), "set", arr()),
                values(state(
                        obj("set", arr(obj("name", "a.b.c", "value", "1"), obj("name", "a.b", "value", "x"))),
                        obj("values", obj("a", obj("b", obj("d", 2)))))));
    }

    @Test
    void anItemThatIsNotUnderstoodIsRefusedOnlyIfItHasToMove() {
        var odd = obj("set", arr(obj("name", ".a", "value", "1")));
        assertEquals(
                obj("valuesFrom", arr(), "values", obj(), "set", odd.items("set")), values(state(odd, Json.Obj.EMPTY)));
        assertEquals(
                "FALSE Invalid: EnvironmentConfig data.catalog.db.set[0]: cannot be put below the values of spec.apps[0],"
                        + " because it cannot be read exactly; write it into values",
                error(odd, obj("valuesFrom", arr(TEAM_SECRET))));
    }

    @Test
    void aValueOfTheTeamThatASecretOfTheCatalogOverridesIsRefused() {
        var secret = obj("secretKeyRef", obj("name", "db-admin"));
        assertEquals(
                "FALSE Invalid: spec.apps[0].values.auth.password: is overridden by a value from a Secret or ConfigMap in the set"
                        + " of the catalog entry \"db\"; remove it, or set auth.password in set",
                error(
                        obj("set", arr(obj("name", "auth.password", "valueFrom", secret))),
                        obj("values", obj("auth", obj("password", "mine", "user", "alice")))));
    }

    @Test
    void aSetOfTheTeamStandsAboveASecretOfTheCatalog() {
        var catalog = obj("name", "auth.password", "valueFrom", obj("secretKeyRef", obj("name", "db-admin")));
        var team = obj("name", "auth.password", "value", "mine");
        assertEquals(
                obj("valuesFrom", arr(TEAM_SECRET), "values", obj(), "set", arr(catalog, team)),
                values(state(obj("set", arr(catalog)), obj("valuesFrom", arr(TEAM_SECRET), "set", arr(team)))));
    }

    @Test
    void lockedValuesStandAboveAllOthers() {
        var entry = obj(
                "values",
                obj("auth", obj("password", "a,b", "groups", arr("x", "y")), "a.b", true),
                "set",
                arr(USER),
                "locked",
                arr("auth.groups", "auth.password", "auth.user", "a\\.b"));
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(
                                obj(
                                        "auth",
                                        obj("password", "a,b", "groups", arr("x", "y"), "user", "admin"),
                                        "a.b",
                                        true),
                                TEAM_SECRET),
                        "values",
                        obj("replicas", 2),
                        "set",
                        arr(
                                obj("name", "ui.color", "valueFrom", TEAM_SECRET),
                                obj("name", "auth.groups", "value", "{x,y}"),
                                obj("name", "auth.password", "value", "a\\,b"),
                                obj("name", "auth.user", "value", "admin"),
                                obj("name", "a\\.b", "value", "true"))),
                values(state(
                        entry,
                        obj(
                                "valuesFrom",
                                arr(TEAM_SECRET),
                                "values",
                                obj("replicas", 2),
                                "set",
                                arr(obj("name", "ui.color", "valueFrom", TEAM_SECRET))))));
    }

    @Test
    void aTeamThatWritesALockedValueGetsAnErrorByPath() {
        var entry = obj("values", PASSWORD, "locked", arr("auth.password"));
        assertEquals(
                "FALSE Invalid: spec.apps[0].values.auth.password: " + LOCKED + "; spec.apps[0].set[1]: " + LOCKED
                        + "; spec.apps[0].set[2]: " + LOCKED,
                error(
                        entry,
                        obj(
                                "values",
                                obj("auth", obj("password", "mine", "user", "alice")),
                                "set",
                                arr(
                                        obj("name", "auth.user", "value", "alice"),
                                        obj("name", "x", "value", "1,auth.password=mine"),
                                        obj("name", "auth.password", "valueFrom", TEAM_SECRET)))));
        assertEquals(
                "FALSE Invalid: spec.apps[0].values.auth: " + LOCKED,
                error(entry, obj("values", obj("auth", new Json.Null()))));
        assertEquals(
                "FALSE Invalid: spec.apps[0].values.auth.password: " + LOCKED,
                error(entry, obj("values", obj("auth", obj("password", obj("x", 1))))));
        assertEquals(
                "FALSE Invalid: spec.apps[0].set[0]: cannot be read exactly, which an app of the catalog entry \"db\" with locked"
                        + " values requires; write it into values",
                error(entry, obj("set", arr(obj("name", ".x", "value", "1")))));
    }

    @Test
    void anInstalledAppThatWritesALockedValueGetsTheValueOfTheCatalog() {
        var state = state(
                obj("values", PASSWORD),
                obj(
                        "values",
                        obj("auth", new Json.Null(), "replicas", 2),
                        "set",
                        arr(
                                obj("name", "x", "value", "1,auth=mine,y=2"),
                                obj("name", "auth", "valueFrom", TEAM_SECRET))));
        state.settings(catalog(obj("values", PASSWORD, "locked", arr("auth.password"))));
        state.steps(3);
        assertEquals(
                List.of(
                        obj(
                                "valuesFrom",
                                arr(),
                                "values",
                                obj("auth", obj("password", "changeme"), "replicas", 2),
                                "set",
                                arr(
                                        obj("name", "x", "value", "1"),
                                        obj("name", "y", "value", "2"),
                                        obj("name", "auth.password", "value", "changeme"))),
                        "FALSE Invalid: spec.apps[0].values.auth: " + LOCKED + "; spec.apps[0].set[0]: " + LOCKED
                                + "; spec.apps[0].set[1]: " + LOCKED,
                        "TRUE Available: The app is ready."),
                List.of(values(state), condition(state.call(), "Accepted"), condition(state.call(), "AppsReady")));
    }

    @Test
    void aLiteralItemBeforeASecretOnTheSamePathStaysBelowIt() {
        var secret = obj("name", "auth", "valueFrom", CATALOG_SECRET);
        var entry = obj("set", arr(USER, secret));
        assertEquals(
                obj("valuesFrom", arr(), "values", obj(), "set", arr(USER, secret)),
                values(state(entry, Json.Obj.EMPTY)));
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(obj("auth", obj("user", "admin")), TEAM_SECRET),
                        "values",
                        obj(),
                        "set",
                        arr(secret)),
                values(state(entry, obj("valuesFrom", arr(TEAM_SECRET)))));
    }

    @Test
    void anItemOfAListOfAReferenceIsRefusedIfItHasToMove() {
        var host = obj("name", "hosts[0].name", "value", "x");
        var entry = obj("valuesFrom", arr(CATALOG_SECRET), "set", arr(host));
        assertEquals(
                "FALSE Invalid: EnvironmentConfig data.catalog.db.set[0]: cannot be put below the values of spec.apps[0],"
                        + " because it would replace the whole list, as far as valuesFrom has one; write the list into values",
                error(entry, obj("valuesFrom", arr(TEAM_SECRET))));
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(CATALOG_SECRET, obj("hosts", arr(obj("name", "x", "port", 1))), TEAM_SECRET),
                        "values",
                        obj(),
                        "set",
                        arr()),
                values(state(
                        Merge.over(entry, obj("values", obj("hosts", arr(obj("port", 1))))),
                        obj("valuesFrom", arr(TEAM_SECRET)))));
        assertEquals(
                obj("valuesFrom", arr(CATALOG_SECRET), "values", obj("hosts", arr("mine")), "set", arr()),
                values(state(entry, obj("values", obj("hosts", arr("mine"))))));
    }

    @Test
    void aLargeNumberIsRefusedIfItHasToMove() {
        var entry = obj("set", arr(obj("name", "port", "value", "1,limits.bytes=5000000")));
        assertEquals(
                obj(
                        "valuesFrom",
                        arr(),
                        "values",
                        obj("port", 2),
                        "set",
                        arr(obj("name", "limits.bytes", "value", "5000000"))),
                values(state(entry, obj("values", obj("port", 2)))));
        assertEquals(
                "FALSE Invalid: EnvironmentConfig data.catalog.db.set[0]: cannot be put below the values of spec.apps[0],"
                        + " because it has a whole number from 1000000 on, which charts would show as 1e+06; write it into values"
                        + " as a text, or lock it",
                error(entry, obj("valuesFrom", arr(TEAM_SECRET))));
        assertEquals(
                "TRUE Accepted: The Environment is valid.",
                error(Merge.over(entry, obj("locked", arr("limits.bytes"))), obj("valuesFrom", arr(TEAM_SECRET))));
    }

    @Test
    void aLockThatCannotHoldIsAnErrorInTheSettings() {
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.locked[2]: is \"hosts[0]\"; must be keys separated by dots, like"
                                + " auth.password, with a backslash before a dot in a key; a list can only be locked as a whole",
                        "EnvironmentConfig data.catalog.db.locked[0]: is \"auth.user\", but the entry gives no value there; set one in"
                                + " values, or remove the lock",
                        "EnvironmentConfig data.catalog.db.locked[1]: locks \"port\", which is a string that looks like a number, true,"
                                + " false or null; helm --set, which puts locked values above all others, cannot express it exactly;"
                                + " must be a whole number, true, false, a string that does not look like one of these, or a list of"
                                + " them"),
                refused(obj(
                        "values",
                        obj("auth", obj("password", "x"), "port", "1"),
                        "locked",
                        arr("auth.user", "port", "hosts[0]"))));
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.set[0]: cannot be read exactly, which an entry with locked values"
                                + " requires; write it into values"),
                refused(obj(
                        "values",
                        PASSWORD,
                        "set",
                        arr(obj("name", ".a", "value", "1")),
                        "locked",
                        arr("auth.password"))));
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.set[0]: leads through a value that is not an object or a list, which"
                                + " Helm refuses; remove one of the two"),
                refused(obj(
                        "values", obj("auth", new Json.Null(), "port", 1), "set", arr(USER), "locked", arr("port"))));
    }

    @Test
    void anObjectCannotBeLockedBecauseAppsCouldAddToIt() {
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.locked[0]: is \"auth\", which is an object, and apps could add keys to"
                                + " it; lock what is in it instead: \"auth.groups\", \"auth.password\"",
                        "EnvironmentConfig data.catalog.db.locked[1]: is within locked[0]; remove it",
                        "EnvironmentConfig data.catalog.db.locked[3]: repeats locked[2]; remove it"),
                refused(obj(
                        "values",
                        obj("auth", obj("password", "x", "groups", arr("a")), "port", 1),
                        "locked",
                        arr("auth", "auth.password", "port", "port"))));
    }

    @Test
    void whatASecretSetsCannotBeLocked() {
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.locked[0]: is \"auth.password\", which is also set from a Secret or"
                                + " ConfigMap in set[1]; remove one of the two",
                        "EnvironmentConfig data.catalog.db.locked[1]: is \"tls.key\", which comes from a Secret or ConfigMap in"
                                + " set[2]; such a value cannot be locked; remove the lock"),
                refused(obj(
                        "values",
                        PASSWORD,
                        "set",
                        arr(
                                USER,
                                obj("name", "auth.password", "valueFrom", CATALOG_SECRET),
                                obj("name", "tls", "valueFrom", CATALOG_SECRET)),
                        "locked",
                        arr("auth.password", "tls.key"))));
        assertEquals(
                List.of(
                        "EnvironmentConfig data.catalog.db.set[0].name: is \".auth\", which is not the path of a value; must be"
                                + " one like image.tag, because it stands above the values of apps"),
                refused(obj("set", arr(obj("name", ".auth", "valueFrom", CATALOG_SECRET)))));
    }

    private static List<String> refused(Json.Obj entry) {
        var request = new ObservedStateFake(environment(), catalog(entry)).request();
        return Requests.FUNCTION.evaluate(new FunctionRequest(request), ObservedStateFake.NOW)
                        instanceof Evaluation.Refused(var errors, var ignored)
                ? errors.stream().map(Object::toString).toList()
                : List.of();
    }

    @Test
    void aChartWithLockedValuesCannotBeUsedWithoutItsCatalogEntry() {
        var entry = obj("values", PASSWORD, "locked", arr("auth.password"));
        assertEquals(
                "FALSE Invalid: spec.apps[0].chart.repository: is https://charts.example.org, and the catalog entry \"db\" of this"
                        + " chart has locked values; remove chart.repository and chart.name, and set catalog to db",
                error(entry, obj("chart", CHART)));
        assertEquals("TRUE Accepted: The Environment is valid.", error(obj("values", PASSWORD), obj("chart", CHART)));
        var allowed = Merge.over(
                catalog(entry), settings(obj("limits", obj("chartRepositories", arr("https://charts.example.org")))));
        var spelled = Merge.over(CHART, obj("repository", "https://charts.example.org/"));
        assertEquals(
                "FALSE Invalid: spec.apps[0].chart.repository: is https://charts.example.org/, and the catalog entry \"db\" of this"
                        + " chart has locked values; remove chart.repository and chart.name, and set catalog to db",
                condition(new ObservedStateFake(team(obj("chart", spelled)), allowed).call(), "Accepted"));
    }

    @Test
    void lockedValuesHoldOnlyInTheVersionOfTheCatalogEntry() {
        var entry = obj("values", PASSWORD, "locked", arr("auth.password"));
        var refused =
                "is set, but the catalog entry \"db\" has locked values, which another version of the chart may have under other"
                        + " names; remove it, so that the version of the entry applies (db 1.0.0)";
        assertEquals(
                "FALSE Invalid: spec.apps[0].chart.version: " + refused,
                error(entry, obj("chart", obj("version", "0.0.1"))));
        assertEquals("TRUE Accepted: The Environment is valid.", error(entry, obj("chart", obj("version", "1.0.0"))));
        assertEquals(
                "TRUE Accepted: The Environment is valid.",
                error(obj("values", PASSWORD), obj("chart", obj("version", "0.0.1"))));
        var digest = "sha256:" + "a".repeat(64);
        var pinned = Merge.over(
                entry,
                obj("chart", obj("repository", "oci://charts.example.org", "version", "1.0.0", "digest", digest)));
        for (var chart : List.of(
                obj("version", "1.0.0"),
                obj("digest", digest),
                obj("version", "1.0.0", "digest", "sha256:" + "b".repeat(64)))) {
            var field = chart.at("digest").isEmpty() ? "version" : "digest";
            assertEquals(
                    List.of("spec.apps[0].chart." + field),
                    invalid(new ObservedStateFake(team(obj("chart", chart)), catalog(pinned)).call()));
        }
        assertEquals(
                "TRUE Accepted: The Environment is valid.",
                error(pinned, obj("chart", obj("version", "1.0.0", "digest", digest))));
    }

    @Test
    void anotherValueOfTheCatalogIsAnotherConfigMapThatExistsBeforeTheReleaseNamesIt() {
        var state = state(obj("values", PASSWORD), obj("valuesFrom", arr(TEAM_SECRET)));
        var old = configMaps(state);
        var release = body(state.call(), "app-db").object("spec");
        state.settings(catalog(obj("values", obj("auth", obj("password", "other")))));

        var creates = state.step();
        var both = configMaps(state);
        assertEquals(release, body(creates, "app-db").object("spec"));
        assertEquals("FALSE Progressing: The app is not ready; see status.apps.", condition(creates, "AppsReady"));
        assertEquals(Set.of(2, 1), Set.of(both.size(), old.size()));

        state.step();
        assertEquals(both, configMaps(state));
        assertEquals(
                arr(obj("auth", obj("password", "other")), TEAM_SECRET),
                new Json.Arr(values(state).items("valuesFrom")));

        state.step();
        assertEquals(both.stream().filter(name -> !old.contains(name)).toList(), List.copyOf(configMaps(state)));
        assertEquals("TRUE Available: The app is ready.", condition(state.call(), "AppsReady"));
    }

    @Test
    void aConfigMapThatSomebodyDeletesIsCreatedAgain() {
        var state = state(obj("values", PASSWORD), obj("valuesFrom", arr(TEAM_SECRET)));
        var name = configMaps(state).iterator().next();
        var release = body(state.call(), "app-db");
        state.delete(name);
        assertEquals(release.object("spec"), body(state.step(), "app-db").object("spec"));
        assertEquals(Set.of(name), configMaps(state));
    }

    @Test
    void anAppThatStaysAsItIsKeepsItsConfigMap() {
        var state = state(obj("values", PASSWORD), obj("valuesFrom", arr(TEAM_SECRET)));
        var maps = configMaps(state);
        var release = body(state.call(), "app-db");
        state.change(team(obj("valuesFrom", arr(TEAM_SECRET), "dependsOn", arr("missing"))));
        state.settings(catalog(obj("values", obj("auth", obj("password", "other")))));
        state.steps(3);
        assertEquals(maps, configMaps(state));
        assertEquals(release.object("spec"), body(state.call(), "app-db").object("spec"));
    }

    @Test
    void anAppThatIsNotInstalledYetKeepsItsConfigMapToo() {
        var state = new ObservedStateFake(team(obj("valuesFrom", arr(TEAM_SECRET))), catalog(obj("values", PASSWORD)))
                .withoutKubeconfig()
                .steps(3);
        var maps = configMaps(state);
        assertEquals(1, maps.size());
        state.change(team(obj("valuesFrom", arr(TEAM_SECRET), "dependsOn", arr("missing"))))
                .steps(2);
        assertEquals(maps, configMaps(state));
    }

    @Test
    void theConfigMapOfARemovedAppStaysUntilTheAppIsUninstalled() {
        var state = state(obj("values", PASSWORD), obj("valuesFrom", arr(TEAM_SECRET)));
        state.change(environment());
        var seen = IntStream.range(0, 12)
                .mapToObj(ignored -> state.steps(1).names().stream()
                        .filter(name -> name.startsWith("app-") || name.startsWith("values-"))
                        .map(name -> name.replaceFirst("-.*", ""))
                        .sorted()
                        .toList())
                .distinct()
                .toList();
        assertEquals(List.of(List.of("app", "values"), List.of("values"), List.of()), seen);
    }

    @Test
    void theConfigMapCannotBeChangedAndHasTheValuesInOneLine() {
        var state = state(
                obj("values", obj("b", arr(1, 1.5, "\u2028\u0085\"x\u00e9"), "a", new Json.Null())),
                obj("valuesFrom", arr(TEAM_SECRET)));
        var name = configMaps(state).iterator().next();
        var map = body(state.call(), name);
        assertEquals(
                obj(
                        "data",
                        obj("values.yaml", "{\"a\":null,\"b\":[1,1.5,\"\\u2028\\u0085\\\"x\u00e9\"]}"),
                        "immutable",
                        true,
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        map.object("metadata")),
                map);
    }

    @Test
    void valuesThatExceedAConfigMapAreAnErrorByPath() {
        assertEquals(
                "FALSE Invalid: spec.apps[0].valuesFrom: requires a ConfigMap with the values of the catalog entry \"db\", which"
                        + " have 1048584 bytes; a ConfigMap has at most 1048576; write the values of this app into values",
                error(obj("values", obj("a", "x".repeat(1 << 20))), obj("valuesFrom", arr(TEAM_SECRET))));
    }
}
