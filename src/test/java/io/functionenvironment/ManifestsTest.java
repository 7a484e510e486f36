package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.lost;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Manifests are created after what they depend on, follow their items, and are removed before what they depend on. */
class ManifestsTest {
    private static final Json.Obj SHOP =
            item("shop", obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", "shop")));
    private static final Json.Obj SETTINGS = configMap("settings", "shop");
    private static final String LONGEST = "a".repeat(32);

    @Test
    void anAppWaitsForAManifestAndAManifestForAnApp() {
        var before = configMap("before", "default");
        var after = dependingOn(configMap("after", "default"), "a");
        var a = Merge.over(app("a"), obj("dependsOn", arr("before")));
        var state = new ObservedStateFake(
                        environment(obj("apps", arr(a), "manifests", arr(before, after))), Json.Obj.EMPTY)
                .steps(4);
        assertEquals("manifest-before", names(state.step()));
        assertEquals("app-a manifest-before", names(state.step()));
        assertEquals("app-a manifest-after manifest-before", names(state.step()));
        assertEquals("TRUE Available: 2 of 2 manifests are ready.", condition(state.call(), "ManifestsReady"));
    }

    @Test
    void anObjectWaitsForTheNamespaceItIsInAndForTheDefinitionOfItsKind() {
        var definition = item(
                "definition",
                obj(
                        "apiVersion",
                        "apiextensions.k8s.io/v1",
                        "kind",
                        "CustomResourceDefinition",
                        "metadata",
                        obj("name", "shops.example.org"),
                        "spec",
                        obj("group", "example.org", "names", obj("kind", "Shop"))));
        var custom = item(
                "custom",
                obj(
                        "apiVersion",
                        "example.org/v1",
                        "kind",
                        "Shop",
                        "metadata",
                        obj("name", "custom", "namespace", "shop")));
        var state = requesting(custom, SHOP, definition).steps(4);
        assertEquals("manifest-shop manifest-shops-example-org", names(state.step()));
        assertEquals("manifest-custom manifest-shop manifest-shops-example-org", names(state.step()));
    }

    @Test
    void aNamespaceThatWaitsForWhatIsInItIsACycle() {
        var state = requesting(dependingOn(SHOP, "settings"), SETTINGS).steps(5);
        assertEquals(List.of("spec.manifests[0].dependsOn"), invalid(state.call()));
        assertEquals("", names(state.call()));
        assertEquals("FALSE Invalid", reason(state.call(), "ManifestsReady"));
    }

    @Test
    void objectsAreAppliedWithTheKubeconfigOfTheClusterAndWithoutTheRightToDelete() {
        var state = ready(SHOP);
        var response = state.call();
        var object = body(response, component(state, "manifest-shop"));
        assertEquals(
                "ProviderConfig",
                object.text("spec", "providerConfigRef", "kind").orElse(""));
        assertEquals(
                "dev-jpaxfzo35gcbqyrz-kubeconfig",
                body(response, "provider-config-kubernetes")
                        .text("spec", "credentials", "secretRef", "name")
                        .orElse(""));
        assertEquals(
                Json.texts(List.of("Observe", "Create", "Update", "LateInitialize")),
                object.at("spec", "managementPolicies").orElseThrow());
    }

    @Test
    void labelsAreValidForTheLongestNames() {
        var manifest = item(
                LONGEST,
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        obj("name", "x".repeat(253), "namespace", "y")));
        var state = ready(manifest).change(environment(obj("manifests", arr())));
        var response = state.step();
        assertTrue(
                response.getDesired().getResourcesMap().keySet().stream().anyMatch(name -> name.startsWith("usage-")));
        response.getDesired()
                .getResourcesMap()
                .keySet()
                .forEach(name -> body(response, name)
                        .object("metadata", "labels")
                        .fields()
                        .forEach((key, value) -> assertTrue(
                                ((Json.Text) value).value().matches("[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?"),
                                key + ": " + value)));
    }

    @Test
    void aManifestIsDeletedBeforeTheNamespaceItIsIn() {
        var state = ready(SHOP, SETTINGS).change(environment(obj("manifests", arr())));
        state.step();
        assertEquals(
                "settings: is about to be uninstalled, shop: is removed when settings is gone", removing(state.step()));
        var object = state.observed(component(state, "manifest-settings"));
        state.step();
        state.untrackedObjects(Optional.of(List.of(object)));
        assertEquals("manifest-shop usage", names(state.step()));
        state.untrackedObjects(Optional.of(List.of())).steps(4);
        assertEquals("", names(state.call()));
        assertEquals("TRUE NotRequested: No manifest is requested.", condition(state.call(), "ManifestsReady"));
    }

    @Test
    void theConditionOfManifestsThatAreNoLongerThereIsNotLeftBehind() {
        var state = ready(SHOP).change(environment());
        assertEquals("TRUE NotRequested: It is not requested.", condition(state.call(), "ManifestsReady"));
        assertFalse(condition(new ObservedStateFake(environment(), Json.Obj.EMPTY).call(), "ManifestsReady")
                .contains("NotRequested"));
    }

    @Test
    void anItemThatBecomesAnotherObjectReplacesTheFormerOne() {
        var state = ready(configMap("settings", "default"));
        var before = component(state, "manifest-settings");
        var other = item(
                "settings",
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        obj("name", "settings", "namespace", "default")));
        state.change(environment(obj("manifests", arr(other))));
        var response = state.step();
        assertEquals("manifest-settings manifest-settings usage", names(response));
        assertTrue(removing(response).startsWith("settings: "), removing(response));
        state.steps(3);
        assertEquals("manifest-settings", names(state.step()));
        assertFalse(state.names().contains(before));
        assertEquals("TRUE Available", reason(state.call(), "ManifestsReady"));
    }

    @Test
    void anItemThatIsRenamedOrGetsANewVersionKeepsItsObject() {
        var state = ready(SHOP, configMap("settings", "shop"));
        var before = state.names();
        var renamed = item("namespace", SHOP.object("manifest"));
        state.change(environment(obj("manifests", arr(renamed, SETTINGS)))).step();
        assertEquals(before, state.names());
        assertEquals("", removing(state.call()));
    }

    @Test
    void whatCannotBeReadKeepsWhatExists() {
        var state = ready(SHOP, SETTINGS);
        var before = names(state.call());
        for (var broken : List.of(
                obj("name", "settings"),
                obj("name", "settings", "manifest", "text"),
                Merge.over(SETTINGS, obj("manifest", obj("kind", "Secret"))),
                Merge.over(SETTINGS, obj("dependsOn", arr("nothing"))),
                Merge.over(SETTINGS, obj("manifest", obj("status", obj("x", 1)))),
                obj("manifest", SETTINGS.object("manifest")),
                Merge.over(SETTINGS, obj("name", "Settings")))) {
            var response = state.change(environment(obj("manifests", arr(SHOP, broken))))
                    .call();
            assertEquals(before, names(response), broken::toString);
            assertEquals("FALSE Invalid", reason(response, "Accepted"));
            assertEquals("", removing(response));
        }
        var text = state.change(environment(obj("manifests", "text"))).call();
        assertEquals(before, names(text));
        assertEquals(List.of("spec.manifests"), invalid(text));
    }

    @Test
    void twoItemsForOneObjectOrOfOneNameKeepWhatExists() {
        var state = ready(SHOP, SETTINGS);
        var before = names(state.call());
        var same = Merge.over(SETTINGS, obj("name", "other"));
        var response = state.change(environment(obj("manifests", arr(SHOP, SETTINGS, same))))
                .call();
        assertEquals(before, names(response));
        assertEquals(List.of("spec.manifests[2].manifest"), invalid(response));
        var twice = configMap("settings", "default");
        response = state.change(environment(obj("manifests", arr(SHOP, SETTINGS, twice))))
                .call();
        assertEquals(before, names(response));
        assertEquals(List.of("spec.manifests[2]"), invalid(response));
    }

    @Test
    void aManifestWithTheNameOfAnAppDoesNotStopTheApp() {
        var state = new ObservedStateFake(
                        environment(obj("apps", arr(app("a")), "manifests", arr(configMap("a", "default")))),
                        Json.Obj.EMPTY)
                .steps(6);
        assertEquals("app-a", names(state.call()));
        assertEquals(List.of("spec.manifests[0].name"), invalid(state.call()));
    }

    @Test
    void aKindThatThePlatformForbidsIsNotCreatedAndKeepsWhatExists() {
        var forbidding = settings(obj("manifests", obj("kinds", arr("Namespace", "*.apps"))));
        var created = requesting(SHOP, SETTINGS).settings(forbidding).steps(6);
        assertEquals("manifest-shop", names(created.call()));
        assertEquals(List.of("spec.manifests[1].manifest.kind"), invalid(created.call()));
        var existing = ready(SHOP, SETTINGS).settings(forbidding);
        assertEquals("manifest-settings manifest-shop", names(existing.call()));
    }

    @Test
    void aNamespaceStaysWhileSomethingRequestedIsInIt() {
        var a = Merge.over(app("a"), obj("namespace", "shop"));
        var state = new ObservedStateFake(
                        environment(obj("apps", arr(a), "manifests", arr(SHOP, SETTINGS))), Json.Obj.EMPTY)
                .steps(8);
        state.change(environment(obj("apps", arr(a), "manifests", arr())));
        assertEquals(List.of("spec.manifests"), invalid(state.call()));
        state.steps(5);
        assertEquals("app-a manifest-shop", names(state.call()), "the app stays in it");
        state.change(environment(obj("apps", arr(), "manifests", arr(SETTINGS))));
        assertTrue(names(state.steps(6).call()).contains("manifest-shop"), "the manifest stays in it");
        assertEquals(List.of("spec.manifests"), invalid(state.call()));
        state.change(environment(obj("manifests", arr()))).steps(8);
        assertEquals("", names(state.call()));
    }

    @Test
    void aNamespaceStaysAndIsReportedWhileAnythingRequestedIsInIt() {
        var argoCd = obj("argocd", obj("enabled", true, "repoURL", "https://git.example.com/team/app.git"));
        var knative = obj("knative", obj("enabled", true));
        var a = obj("apps", arr(Merge.over(app("a"), obj("namespace", "shop"))));
        assertEquals("argocd (spec.argocd)", occupant("argocd", argoCd));
        assertEquals("knative (spec.knative)", occupant("knative-operator", knative));
        assertEquals("a (spec.apps[0])", occupant("shop", a));
    }

    /** What is in a Namespace that is no longer a manifest, in the words of the condition. */
    private static String occupant(String namespace, Json.Obj spec) {
        var manifest = obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", namespace));
        var state = new ObservedStateFake(
                        environment(Merge.over(spec, obj("manifests", arr(item("ns", manifest))))), Json.Obj.EMPTY)
                .steps(12)
                .change(environment(Merge.over(spec, obj("manifests", arr()))))
                .steps(6);
        var component = component(state, "manifest-" + namespace);
        var accepted = condition(state.call(), "Accepted");
        state.change(environment()).steps(30);
        assertEquals(List.of(), invalid(state.call()));
        assertFalse(state.names().contains(component));
        return accepted.replaceFirst(
                "FALSE Invalid: spec.manifests: lacks the Namespace " + namespace
                        + ", but (.*) is in it; add the Namespace again, or remove what is in it",
                "$1");
    }

    @Test
    void aNamespaceStaysWhileAnAppIsStillBeingUninstalledFromIt() {
        var a = Merge.over(app("a"), obj("namespace", "shop"));
        var state = new ObservedStateFake(environment(obj("apps", arr(a), "manifests", arr(SHOP))), Json.Obj.EMPTY)
                .steps(8)
                .change(environment(obj("manifests", arr())))
                .steps(2);
        var release = state.observed("app-a");
        state.step();
        state.untrackedReleases(Optional.of(List.of(release))).steps(3);
        assertTrue(names(state.call()).contains("manifest-shop"));
        state.untrackedReleases(Optional.of(List.of())).steps(5);
        assertEquals("", names(state.call()));
    }

    @Test
    void aManifestIsOrphanedIfItsClusterDoesNotRespond() {
        var state = ready(SHOP).change(environment(obj("manifests", arr()))).status("health", lost());
        var component = component(state, "manifest-shop");
        assertEquals("", names(state.step()));
        assertEquals("Removed ORPHANED_UNREACHABLE", state.decision(component));
    }

    @Test
    void aManifestWhoseKindIsGoneIsGivenUpAfterAWhile() {
        var message =
                "observe failed: cannot get object: unable to retrieve the complete list of server APIs: example.org/v1:"
                        + " no matches for example.org/v1, Resource=";
        var state = ready(SHOP).change(environment(obj("manifests", arr())));
        var component = component(state, "manifest-shop");
        state.steps(2);
        state.status(component, failing(message, ObservedStateFake.NOW));
        assertEquals("shop: " + message, removing(state.call()));
        state.status(component, failing(message, ObservedStateFake.START.minusSeconds(3600)));
        state.step();
        state.status(component, failing(message, ObservedStateFake.START.minusSeconds(3600)));
        assertEquals("", names(state.step()));
    }

    @Test
    void whatTheApiServerRefusesIsReportedInItsWords() {
        var state = ready(SHOP);
        var component = component(state, "manifest-shop");
        state.status(
                component, failing("create failed: cannot create object: denied by a policy", ObservedStateFake.START));
        assertEquals(
                "FALSE Failing: shop: create failed: cannot create object: denied by a policy",
                condition(state.call(), "ManifestsReady"));
        state.status(
                component,
                failing(
                        "observe failed: cannot get object: an empty namespace may not be set when a resource name is provided",
                        ObservedStateFake.START));
        assertTrue(condition(state.call(), "ManifestsReady").contains("objects of this kind need metadata.namespace"));
        state.status(
                component,
                failing(
                        "apply failed: Service \"x\" is invalid: spec.type: Invalid value: \"y\"",
                        ObservedStateFake.START));
        assertTrue(condition(state.call(), "ManifestsReady").endsWith("Invalid value: \"y\""));
    }

    @Test
    void aReadinessQueryThatCannotBeCompiledIsAFailure() {
        var state = ready(Merge.over(SHOP, obj("readyWhen", "object.null == 1")));
        var component = component(state, "manifest-shop");
        var unavailable = Merge.over(
                ObservedStateFake.condition("Ready", "False", "Unavailable"),
                obj("message", "failed to compile query: ERROR: Syntax error"));
        state.status(
                component,
                obj("conditions", arr(ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"), unavailable)));
        assertEquals(
                "FALSE Failing: shop: readiness query: failed to compile query: ERROR: Syntax error",
                condition(state.call(), "ManifestsReady"));
    }

    @Test
    void manifestsWaitWhileTheClusterIsKeptWithoutAWayForObjects() {
        var dependent = Merge.over(app("b"), obj("dependsOn", arr("shop")));
        var state = Fixtures.ready("a")
                .change(environment(obj("size", "huge", "apps", arr(app("a"), dependent), "manifests", arr(SHOP))));
        assertFalse(fatal(state.call()));
        assertEquals("app-a", names(state.call()));
        assertEquals(List.of("spec.size"), invalid(state.call()));
    }

    @Test
    void aRefusalHasTheConditionOfWhatIsRequestedOrWas() {
        var unusable = settings(obj("sizes", "text"));
        assertEquals(
                "UNKNOWN Invalid", reason(requesting(SHOP).settings(unusable).call(), "ManifestsReady"));
        assertEquals(
                "TRUE Available",
                reason(ready(SHOP).steps(1).settings(unusable).call(), "ManifestsReady"),
                "as it was");
        assertEquals(
                "TRUE Available",
                reason(
                        ready(SHOP)
                                .steps(1)
                                .change(environment())
                                .settings(unusable)
                                .call(),
                        "ManifestsReady"));
        assertEquals(
                "",
                condition(new ObservedStateFake(environment(), unusable).call(), "ManifestsReady"),
                "it never was requested");
    }

    @Test
    void theStatusNamesTheObjects() {
        var shown = status(ready(SETTINGS, SHOP).call()).items("manifests").getFirst();
        assertEquals(
                obj(
                        "name",
                        "settings",
                        "kind",
                        "ConfigMap",
                        "namespace",
                        "shop",
                        "object",
                        "settings",
                        "ready",
                        true,
                        "message",
                        "is ready"),
                shown);
    }

    private static Json.Obj failing(String message, java.time.Instant since) {
        return obj(
                "atProvider",
                obj("manifest", SHOP.object("manifest")),
                "conditions",
                arr(Merge.over(
                        ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                        obj("message", message, "lastTransitionTime", since.toString()))));
    }

    private static Json.Obj item(String name, Json.Obj manifest) {
        return obj("name", name, "manifest", manifest);
    }

    private static Json.Obj configMap(String name, String namespace) {
        return item(
                name,
                obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", name, "namespace", namespace)));
    }

    private static Json.Obj dependingOn(Json.Obj item, String other) {
        return Merge.over(item, obj("dependsOn", arr(other)));
    }

    private static ObservedStateFake requesting(Json.Obj... items) {
        return new ObservedStateFake(environment(obj("manifests", Arrays.asList(items))), Json.Obj.EMPTY);
    }

    private static ObservedStateFake ready(Json.Obj... items) {
        return requesting(items).steps(5 + items.length);
    }

    /** The desired components without those of every cluster with manifests, and without digests. */
    private static String names(RunFunctionResponse response) {
        return Arrays.stream(Fixtures.names(response).split(" ", -1))
                .map(name -> name.startsWith("usage-") ? "usage" : name.replaceFirst("-[0-9a-f]{12}$", ""))
                .filter(name -> !name.equals("provider-config-kubernetes"))
                .collect(Collectors.joining(" "));
    }

    private static String component(ObservedStateFake state, String prefix) {
        return state.names().stream()
                .filter(name -> name.matches(prefix + "-[0-9a-f]{12}"))
                .findFirst()
                .orElseThrow();
    }
}
