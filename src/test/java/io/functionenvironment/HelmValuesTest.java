package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Helm values arrive at the chart as {@code helm -f} passes them, and none of them in a message. */
class HelmValuesTest {
    private static final String NOT_SHOWN = " … (the rest is not shown, because it may contain values from a Secret)";
    private static final Json.Null NULL = new Json.Null();
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "web", "version", "1.0.0");

    private static ObservedStateFake catalog(Json.Obj entry, Json.Obj app) {
        return new ObservedStateFake(environment(obj("apps", arr(app))), settings(obj("catalog", obj("web", entry))));
    }

    private static Json values(ObservedStateFake state, String component) {
        return body(state.steps(6).call(), component).object("spec", "forProvider", "values");
    }

    @Test
    void aNullOfTheTeamStaysAboveTheValuesOfTheCatalog() {
        var entry = obj(
                "chart",
                CHART,
                "values",
                obj("replicaCount", 2, "resources", obj("requests", obj("cpu", "10m"), "limits", obj("cpu", "1"))));
        var values = obj("livenessProbe", NULL, "resources", obj("limits", NULL));
        assertEquals(
                obj(
                        "replicaCount",
                        2,
                        "livenessProbe",
                        NULL,
                        "resources",
                        obj("requests", obj("cpu", "10m"), "limits", NULL)),
                values(catalog(entry, obj("name", "web", "values", values)), "app-web"));
    }

    @Test
    void aNullOfThePlatformStaysAboveTheValuesOfASize() {
        var platform = obj("vcluster", obj("values", obj("policies", obj("limitRange", obj("default", NULL)))));
        var state = new ObservedStateFake(environment(), settings(platform));
        state.steps(6);
        assertEquals(
                NULL,
                body(state.call(), "cluster")
                        .object("spec", "forProvider", "values", "policies", "limitRange")
                        .fields()
                        .get("default"));
    }

    @Test
    void additionalSecretsOfThePlatformAreJoinedWithThatOfTheProviders() {
        var external = obj("name", "external", "server", "https://dev.example.org");
        var platform = obj("vcluster", obj("values", obj("exportKubeConfig", obj("additionalSecrets", arr(external)))));
        var state = new ObservedStateFake(environment(), settings(platform));
        state.steps(6);
        assertEquals(
                List.of("dev-incluster", "external"),
                body(state.call(), "cluster")
                        .items("spec", "forProvider", "values", "exportKubeConfig", "additionalSecrets")
                        .stream()
                        .map(item -> item.text("name").orElse(""))
                        .toList());
    }

    @Test
    void aNumberThatTheTransportChangesIsRefusedByPath() {
        var app = obj("name", "a", "catalog", "podinfo", "values", obj("ids", arr(1, 9007199254740992.0)));
        var state = new ObservedStateFake(environment(obj("apps", arr(app))), Json.Obj.EMPTY);
        assertEquals(List.of("spec.apps[0].values.ids[1]"), invalid(state.call()));
    }

    @Test
    void aMessageThatQuotesAValueIsReplacedByAnInstruction() {
        assertEquals(
                "FALSE Failing: a: create failed: failed parsing --set data: Helm cannot read a name or value of set,"
                        + " or a name leads through a value that is not an object, which may come from valuesFrom; write a"
                        + " backslash before each comma, bracket, brace and backslash in set, or an object into valuesFrom",
                failing("create failed: failed parsing --set data: key \"second\" has no value"));
        assertEquals(
                "FALSE Failing: a: create failed: failed to unmarshal desired values: a Secret or ConfigMap in"
                        + " valuesFrom does not contain YAML with an object at the top",
                failing(
                        "create failed: failed to unmarshal desired values: yaml: unknown anchor 'hunter2' referenced"));
        assertEquals(
                "FALSE Failing: a: create failed: Secret \"x\" is invalid: data: Invalid value" + NOT_SHOWN,
                failing("create failed: Secret \"x\" is invalid: data: Invalid value: \"" + "hunter2 ".repeat(20_000)));
        assertEquals(
                "FALSE Failing: a: values don't meet the specifications" + NOT_SHOWN,
                failing("values don't meet the specifications of the schema(s): 'hunter2' does not match pattern"));
        assertEquals("FALSE Failing: a: chart not found", failing("chart not found"));
    }

    @Test
    void aMessageAboutAnEarlierReleaseMayQuoteASecretToo() {
        var app = obj("name", "a", "catalog", "podinfo");
        var state = new ObservedStateFake(environment(obj("apps", arr(app))), Json.Obj.EMPTY).steps(6);
        var synced = new java.util.TreeMap<>(
                ObservedStateFake.condition("Synced", "False", "ReconcileError").fields());
        synced.put("message", new Json.Text("spec.x: Invalid value: \"hunter2\""));
        synced.put("observedGeneration", new Json.Num(1));
        state.edit("app-a", obj("metadata", obj("generation", 2)));
        state.status("app-a", obj("conditions", arr(new Json.Obj(synced))));
        assertEquals("FALSE Failing: a: spec.x: Invalid value" + NOT_SHOWN, condition(state.call(), "AppsReady"));
    }

    /** The condition of the apps when a provider reports an error of an app with values from a Secret. */
    private static String failing(String message) {
        var app = obj("name", "a", "catalog", "podinfo", "valuesFrom", arr(obj("secretKeyRef", obj("name", "x"))));
        var state = new ObservedStateFake(environment(obj("apps", arr(app))), Json.Obj.EMPTY).steps(6);
        var synced =
                ObservedStateFake.condition("Synced", "False", "ReconcileError").fields();
        var failed = new java.util.TreeMap<>(synced);
        failed.put("message", new Json.Text(message));
        state.status("app-a", obj("conditions", arr(new Json.Obj(failed))));
        return condition(state.call(), "AppsReady");
    }

    @Test
    void aVersionThatTheChartSpellsOtherwiseIsReportedAndNotPolledOften() {
        var state = upgrading("1.15.0", "v1.15.0", 57, ObservedStateFake.START);
        assertEquals(
                "FALSE Failing: a: the chart has the version v1.15.0, but chart.version is 1.15.0, so"
                        + " provider-helm upgrades the release again and again; set chart.version to v1.15.0",
                condition(state.call(), "AppsReady"));
        assertEquals(
                List.of(),
                body(state.call(), "app-a").object("metadata", "annotations").fields().keySet().stream()
                        .filter(key -> key.contains("poll"))
                        .toList());
    }

    @Test
    void anUpgradeThatFailsIsReportedWithItsError() {
        var state = upgrading("1.16.99", "1.15.0", 3, ObservedStateFake.START);
        var synced = new java.util.TreeMap<>(
                ObservedStateFake.condition("Synced", "False", "ReconcileError").fields());
        synced.put("message", new Json.Text("update failed: no chart version found"));
        var provider = obj("state", "deployed", "revision", 3, "version", "1.15.0");
        state.status("app-a", obj("atProvider", provider, "conditions", arr(new Json.Obj(synced))));
        assertEquals("FALSE Failing: a: update failed: no chart version found", condition(state.call(), "AppsReady"));
    }

    @Test
    void aReleaseThatIsUpgradedWithoutAChangeIsReported() {
        var state = upgrading("1.15.0", "1.15.0", 57, ObservedStateFake.NOW.minusSeconds(3600));
        assertEquals(
                "FALSE Failing: a: provider-helm upgrades the release again and again (revision 57);"
                        + " chart.name and chart.version must be the name and version in Chart.yaml of the chart",
                condition(state.call(), "AppsReady"));
    }

    @Test
    void aNullBetweenTwoSettingsStays() {
        var below = obj("chart", CHART, "values", obj("a", 1, "b", 2));
        var input = obj(
                "apiVersion",
                "environment.fn.crossplane.io/v1beta1",
                "kind",
                "Settings",
                "spec",
                obj("catalog", obj("web", below)));
        var errors = new io.functionenvironment.json.FieldErrors();
        var documents = java.util.stream.Stream.of(
                        input, settings(obj("catalog", obj("web", obj("values", obj("a", NULL))))))
                .flatMap(document -> SettingsDocument.of(document, errors).stream())
                .toList();
        var merged = SettingsDocument.merge(documents, Registry.SHIPPED.sizeFormats(), errors);
        assertEquals(
                obj("a", NULL, "b", 2),
                merged.catalog().values().stream()
                        .filter(app -> app.name().equals("web"))
                        .map(App::values)
                        .findFirst()
                        .orElseThrow());
        assertEquals(List.of(), errors.list());
    }

    @Test
    void anUpgradeThatIsUnderWayIsNotReported() {
        var state = upgrading("1.16.0", "1.15.0", 2, ObservedStateFake.NOW.minusSeconds(30));
        assertEquals("FALSE Progressing: The app is not ready; see status.apps.", condition(state.call(), "AppsReady"));
    }

    private static ObservedStateFake upgrading(
            String requested, String installed, int revision, java.time.Instant since) {
        var chart = obj("repository", "https://charts.example.org", "name", "cert-manager", "version", requested);
        var repositories = settings(obj("limits", obj("chartRepositories", arr("https://charts.example.org"))));
        var state = new ObservedStateFake(environment(obj("apps", arr(obj("name", "a", "chart", chart)))), repositories)
                .steps(6);
        var ready = new java.util.TreeMap<>(
                ObservedStateFake.condition("Ready", "False", "Unavailable").fields());
        ready.put("lastTransitionTime", new Json.Text(since.toString()));
        state.edit("app-a", obj("metadata", obj("generation", 2)));
        var provider = obj("state", "deployed", "revision", revision, "version", installed);
        var synced = ObservedStateFake.condition("Synced", "True", "ReconcileSuccess");
        return state.status("app-a", obj("atProvider", provider, "conditions", arr(synced, new Json.Obj(ready))));
    }

    @Test
    void eachSpellingOfAChartThatOtherToolsAcceptHasItsOwnMessage() {
        var sha = "@sha256:" + "a".repeat(64);
        assertEquals("version: has a digest; write it into digest", error("version", "6.14.1" + sha));
        assertEquals(
                "version: is \"1.2.3_build.5\"; must be 1.2.3+build.5: the tag in the registry has '_' in place of '+'",
                error("version", "1.2.3_build.5"));
        assertEquals(
                "version: is \"^6.1\"; version ranges are not supported; set one version, such as 6.14.1",
                error("version", "^6.1"));
        assertEquals(
                "repository: has the tag \"6.14.1\"; write it into version",
                error("repository", "oci://ghcr.io/stefanprodan/charts/podinfo:6.14.1"));
        assertEquals(
                "repository: has a '%'; must be an address without encoded characters (at GitLab, with the number of the project)",
                error("repository", "https://gitlab.example.com/api/v4/projects/grp%2Fprj/packages/helm/stable"));
        assertEquals(
                "repository: has credentials, which are not shown; write them into a Secret and set pullSecretRef",
                error("repository", "https://user:hunter2@charts.example.org"));
        assertEquals(
                "name: is \"bitnami/redis\"; must be the name without the repository: redis",
                error("name", "bitnami/redis"));
    }

    private static String error(String field, String value) {
        var chart = new java.util.TreeMap<>(CHART.fields());
        chart.put(field, new Json.Text(value));
        var app = obj("name", "a", "chart", new Json.Obj(chart));
        var accepted =
                condition(new ObservedStateFake(environment(obj("apps", arr(app))), Json.Obj.EMPTY).call(), "Accepted");
        return accepted.replaceFirst("FALSE Invalid: spec.apps\\[0\\].chart.", "");
    }
}
