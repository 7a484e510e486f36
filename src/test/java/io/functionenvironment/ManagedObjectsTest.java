package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Objects in the cluster that add-ons and apps manage: no manifest takes them over, or deletes them. */
class ManagedObjectsTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Json.Obj KNATIVE = obj("knative", obj("enabled", true));
    private static final Json.Obj ARGO_CD =
            obj("argocd", obj("enabled", true, "repoURL", "https://git.example.com/team/app.git"));

    /** What an add-on composes and does not name in {@code AddonRequest.objects} is found here. */
    @TestFactory
    Stream<DynamicTest> aManifestForAnObjectThatTheFunctionManagesIsRefused() throws IOException {
        try (var files = Files.walk(EXAMPLES, 2)) {
            return files.filter(file -> file.endsWith("environment.yaml")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            EXAMPLES.relativize(file).toString(), () -> refusesManagedObjects(file)));
        }
    }

    private static void refusesManagedObjects(Path file) throws IOException {
        var request = Requests.documents(file).getFirst().object();
        var settings = Requests.documents(file.resolveSibling("settings.yaml")).stream()
                .findFirst()
                .map(Json::object)
                .orElse(Json.Obj.EMPTY);
        var state = new ObservedStateFake(request, settings).steps(16);
        var managed = new TreeMap<String, Json.Obj>();
        state.names().stream()
                .filter(name -> isManagedInTheCluster(state.observed(name)))
                .forEach(name -> managed.put(name, state.observed(name)));
        var items = new ArrayList<Object>(request.items("spec", "manifests"));
        var expected = new TreeSet<String>();
        for (var object : managed.values()) {
            var manifest = object.object("spec", "forProvider", "manifest");
            var metadata = manifest.object("metadata");
            expected.add("spec.manifests[" + items.size() + "].manifest");
            items.add(obj(
                    "name",
                    "same-" + items.size(),
                    "manifest",
                    obj(
                            "apiVersion",
                            manifest.text("apiVersion").orElseThrow(),
                            "kind",
                            manifest.text("kind").orElseThrow(),
                            "metadata",
                            obj(
                                    "name",
                                    metadata.text("name").orElseThrow(),
                                    "namespace",
                                    metadata.text("namespace")))));
        }
        var before = state.call();
        var after = state.change(Merge.over(request, obj("spec", obj("manifests", items))))
                .call();
        var refused = new TreeSet<>(invalid(after));
        refused.retainAll(expected);
        assertEquals(expected, refused, () -> condition(after, "Accepted"));
        managed.keySet().forEach(name -> assertEquals(body(before, name), body(after, name), name));
    }

    private static boolean isManagedInTheCluster(Json.Obj resource) {
        var owner = resource.text("metadata", "labels", "environment.fn.crossplane.io/owner")
                .orElse("");
        return resource.text("kind").equals(Optional.of("Object"))
                && (owner.startsWith("app.") || owner.startsWith("addon."))
                && !owner.startsWith("addon.manifests.")
                && resource.text("spec", "providerConfigRef", "kind").equals(Optional.of("ProviderConfig"))
                && resource.items("spec", "managementPolicies").size() > 1;
    }

    @Test
    void theRefusalNamesWhatManagesTheObject() {
        assertEquals(
                "FALSE Invalid: spec.manifests[0].manifest: is an object that spec.knative manages; remove the manifest",
                condition(
                        running(Merge.over(KNATIVE, manifests(namespace("knative-serving"))))
                                .call(),
                        "Accepted"));
        var labelled = Merge.over(app("a"), obj("namespaceMetadata", obj("labels", obj("a", "one"))));
        assertEquals(
                "FALSE Invalid: spec.manifests[0].manifest: is an object that spec.apps[0].namespaceMetadata manages; remove"
                        + " the manifest",
                condition(
                        running(Merge.over(obj("apps", arr(labelled)), manifests(namespace("a"))))
                                .call(),
                        "Accepted"));
    }

    @Test
    void theObjectsOfAddonsAreRefusedOneByOne() {
        var serving = custom("operator.knative.dev/v1beta1", "KnativeServing", "knative-serving", "knative-serving");
        var application = custom("argoproj.io/v1alpha1", "Application", "environment", "argocd");
        var project = custom("argoproj.io/v1alpha1", "AppProject", "default", "argocd");
        var state = running(Merge.over(Merge.over(KNATIVE, ARGO_CD), manifests(serving, application, project)));
        assertEquals(
                List.of("spec.manifests[0].manifest", "spec.manifests[1].manifest", "spec.manifests[2].manifest"),
                invalid(state.call()));
        assertEquals(
                List.of(),
                state.names().stream()
                        .filter(name -> name.startsWith("manifest-"))
                        .toList());
    }

    @Test
    void aManifestForAnObjectOfAnAddonThatIsOffIsAllowed() {
        assertEquals(
                List.of(),
                invalid(running(manifests(namespace("knative-serving"))).call()));
    }

    @Test
    void aManifestWhoseObjectAnAddonManagesByNowIsRemovedWithoutTheObject() {
        var state = running(manifests(namespace("knative-serving")));
        var component = component(state, "manifest-knative-serving");
        state.change(environment(Merge.over(KNATIVE, manifests(namespace("knative-serving")))))
                .steps(9);
        assertEquals(List.of("spec.manifests[0].manifest"), invalid(state.call()));
        assertTrue(state.names().contains("knative-serving-namespace"));
        var response =
                state.change(environment(Merge.over(KNATIVE, manifests()))).call();
        assertEquals("Removed ORPHANED_TAKEN_OVER knative-serving-namespace", state.decision(component));
        assertEquals(List.of(), invalid(response));
        assertEquals("", removing(response));
    }

    @Test
    void aNamespaceThatAnAppTakesOverFromAManifestIsNotDeleted() {
        var a = Merge.over(app("a"), obj("namespace", "shop"));
        var labelled = Merge.over(a, obj("namespaceMetadata", obj("labels", obj("a", "one"))));
        var state = running(Merge.over(obj("apps", arr(a)), manifests(namespace("shop"))));
        var component = component(state, "manifest-shop");
        var response = state.change(environment(obj("apps", arr(labelled)))).call();
        assertEquals("Removed ORPHANED_TAKEN_OVER namespace-a", state.decision(component));
        assertEquals(List.of(), invalid(response));
    }

    @Test
    void aNamespaceStaysWhileAnObjectOfAnAddonIsInIt() {
        var state = running(manifests(namespace("knative-serving")));
        var component = component(state, "manifest-knative-serving");
        state.change(environment(Merge.over(KNATIVE, manifests(namespace("knative-serving")))))
                .steps(9);
        state.change(environment(manifests()));
        var rounds = 0;
        while (state.names().contains("knative-serving")) {
            rounds++;
            assertEquals(
                    4, policies(state.step(), component).size(), "without Delete while the custom resource is in it");
        }
        assertTrue(rounds > 1);
        state.steps(9);
        assertTrue(!state.names().contains(component), component);
    }

    private static ObservedStateFake running(Json.Obj spec) {
        return new ObservedStateFake(environment(spec), Json.Obj.EMPTY).steps(12);
    }

    private static Json.Obj manifests(Json.Obj... manifests) {
        return obj(
                "manifests",
                Stream.of(manifests)
                        .map(manifest -> obj(
                                "name", "m-" + manifest.text("metadata", "name").orElseThrow(), "manifest", manifest))
                        .toList());
    }

    private static Json.Obj custom(String apiVersion, String kind, String name, String namespace) {
        return obj("apiVersion", apiVersion, "kind", kind, "metadata", obj("name", name, "namespace", namespace));
    }

    private static Json.Obj namespace(String name) {
        return obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", name));
    }

    private static String component(ObservedStateFake state, String prefix) {
        return state.names().stream()
                .filter(name -> name.matches(prefix + "-[0-9a-f]{12}"))
                .findFirst()
                .orElseThrow();
    }
}
