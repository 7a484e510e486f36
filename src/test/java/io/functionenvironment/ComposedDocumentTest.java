package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.documents.Markdown;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents list the composed resources, labels and times that the code has. */
class ComposedDocumentTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String PREFIX = "environment.fn.crossplane.io/";

    /** Subjects that may connect, and cluster-scoped objects of the virtual cluster. */
    private static final Json.Obj ALL = settings(obj(
            "access",
            obj("subjects", arr(obj("kind", "User", "name", "ann"))),
            "vcluster",
            obj("values", obj("sync", obj("fromHost", obj("nodes", obj("enabled", true)))))));

    private static final Json.Obj SUBJECTS =
            settings(obj("access", obj("subjects", arr(obj("kind", "User", "name", "ann")))));

    /** Fewer pods than the shipped size has, so that the quota is observed. */
    private static final Json.Obj SMALLER = settings(obj(
            "access",
            obj("subjects", arr(obj("kind", "User", "name", "ann"))),
            "sizes",
            obj("small", obj("vcluster", obj("pods", 3)))));

    @Test
    void theTableOfResourcesHasEveryResourceAndWhetherItsProviderMayDelete() {
        var documented = new TreeMap<String, String>();
        for (var row : rows("architecture.md", "What is composed")) {
            codes(row.getFirst())
                    .forEach(name -> documented.put(name, row.get(2).replaceFirst(",.*", "")));
        }
        var composed = new TreeMap<String, String>();
        for (var state : List.of(
                ready(ALL),
                ready(SUBJECTS),
                ready(SUBJECTS).settings(SMALLER),
                ready(settings(obj("argocdRegistration", obj("providerConfig", "argocd")))),
                readyWithValuesFrom(),
                readyWithNamespaceAndWorkload(),
                readyWithManifest(),
                readyWithAddress(obj("ingress", obj("className", "any"))),
                readyWithAddress(obj("gateway", obj("namespace", "any", "name", "any"))),
                readyWithHighAvailability(),
                readyWithAccess(),
                readyWithArgoCd(),
                knative())) {
            var response = state.call();
            response.getDesired()
                    .getResourcesMap()
                    .keySet()
                    .forEach(name -> composed.put(
                            name.replaceFirst("^app-a$", "app-NAME")
                                    .replaceFirst("^usage-.*", "usage-USER-USED")
                                    .replaceFirst("^manifest-a-[0-9a-f]{12}$", "manifest-OBJECT-DIGEST")
                                    .replaceFirst("^namespace-a$", "namespace-NAME")
                                    .replaceFirst("^ingress-a$", "ingress-NAME")
                                    .replaceFirst("^route-a$", "route-NAME")
                                    .replaceFirst("^access-account-reader$", "access-account-NAME")
                                    .replaceFirst("^access-binding-reader-[0-9a-f]{8}$", "access-binding-NAME-DIGEST")
                                    .replaceFirst("^workload-a-[0-9a-f]{12}$", "workload-NAME-DIGEST")
                                    .replaceFirst("^values-a-[0-9a-f]{12}$", "values-NAME-DIGEST"),
                            mayDelete(Fixtures.body(response, name))));
        }
        // What is in an existing cluster is deleted by itself, so the rest of the table does not hold there.
        var isolated = readyInAnExistingCluster().call();
        isolated.getDesired().getResourcesMap().keySet().stream()
                .filter(name -> name.startsWith("isolation-"))
                .forEach(name -> composed.put(name, mayDelete(Fixtures.body(isolated, name))));
        assertEquals(composed, documented);
    }

    private static ObservedStateFake readyInAnExistingCluster() {
        var share = obj("providerConfig", "shared", "cpu", "2", "memory", "4Gi", "pods", 20, "volumes", "20Gi");
        return new ObservedStateFake(
                        environment(obj("size", "shared")),
                        settings(obj("sizes", obj("shared", obj("existing", share)))))
                .steps(7);
    }

    private static ObservedStateFake ready(Json.Obj settings) {
        return new ObservedStateFake(environment("a"), settings).steps(7);
    }

    private static ObservedStateFake readyWithValuesFrom() {
        var app = obj("name", "a", "catalog", "podinfo", "valuesFrom", arr(obj("secretKeyRef", obj("name", "values"))));
        var catalog = settings(obj("catalog", obj("podinfo", obj("values", obj("replicaCount", 2)))));
        return new ObservedStateFake(environment(obj("apps", arr(app))), catalog).steps(7);
    }

    private static ObservedStateFake readyWithAddress(Json.Obj offer) {
        var app = Merge.over(Fixtures.app("a"), obj("expose", obj("service", "a", "port", 80)));
        return new ObservedStateFake(
                        Fixtures.environment(obj("apps", arr(app))),
                        Fixtures.settings(Merge.over(obj("domain", "example.org"), offer)))
                .steps(12);
    }

    private static ObservedStateFake readyWithHighAvailability() {
        var size = obj("sizes", obj("small", obj("vcluster", obj("highAvailability", true))));
        return new ObservedStateFake(Fixtures.environment("a"), Fixtures.settings(size)).steps(12);
    }

    private static ObservedStateFake readyWithAccess() {
        var ann = obj("kind", "User", "name", "ann", "administrator", false);
        var role = obj("name", "reader", "clusterRole", "view");
        var oidc = obj("issuerURL", "https://login.example.org", "clientID", "environments");
        return new ObservedStateFake(
                        environment("a"),
                        settings(obj(
                                "access",
                                obj("subjects", arr(ann), "roles", arr(role)),
                                "vcluster",
                                obj("oidc", oidc))))
                .steps(12);
    }

    private static ObservedStateFake readyWithNamespaceAndWorkload() {
        var app = obj(
                "name",
                "a",
                "catalog",
                "podinfo",
                "namespaceMetadata",
                obj("labels", obj("team", "a")),
                "workloads",
                arr(obj("kind", "Deployment", "name", "a")));
        return new ObservedStateFake(environment(obj("apps", arr(app))), Json.Obj.EMPTY).steps(8);
    }

    private static ObservedStateFake readyWithManifest() {
        var namespace = obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", "a"));
        var manifests = obj("manifests", arr(obj("name", "a", "manifest", namespace)));
        return new ObservedStateFake(environment(manifests), Json.Obj.EMPTY).steps(7);
    }

    private static ObservedStateFake readyWithArgoCd() {
        var repository = obj("repoURL", "https://git.example.com/team/app.git");
        var spec = obj("argocd", Merge.over(repository, obj("enabled", true)));
        return new ObservedStateFake(environment(spec), settings(obj("argocd", obj("application", repository))))
                .steps(9);
    }

    private static ObservedStateFake knative() {
        var knative = obj("knative", obj("enabled", true, "eventing", obj("enabled", true)));
        return new ObservedStateFake(environment(knative), Json.Obj.EMPTY).steps(9);
    }

    private static String mayDelete(Json.Obj body) {
        var policies = body.items("spec", "managementPolicies");
        return policies.isEmpty()
                ? "–"
                : policies.contains(new Json.Text("*")) || policies.contains(new Json.Text("Delete")) ? "yes" : "no";
    }

    @Test
    void theTableOfLabelsHasEveryLabelAndAnnotation() {
        var limited = CloudClusterTest.changed("gke", "authorizedNetworks", arr("198.51.100.0/24"));
        var written = Stream.of(
                        new ObservedStateFake(environment("a", "b"), ALL).steps(7),
                        new ObservedStateFake(CloudClusterTest.request("cloud"), limited).steps(7))
                .map(ObservedStateFake::call)
                .flatMap(response -> response.getDesired().getResourcesMap().keySet().stream()
                        .map(name -> Fixtures.body(response, name).object("metadata")))
                .flatMap(metadata -> Stream.of("labels", "annotations")
                        .flatMap(kind -> metadata.object(kind).fields().keySet().stream()
                                .filter(key -> key.startsWith(PREFIX))
                                .map(key -> key + " " + kind.replaceFirst("s$", ""))))
                .collect(toCollection(TreeSet::new));
        var documented = rows("operations.md", "What belongs to an Environment").stream()
                .map(row -> row.getFirst().replace("`", "") + " " + row.get(1))
                .collect(toCollection(TreeSet::new));
        assertEquals(written, documented);
    }

    @Test
    void theTableOfTimesHasTheDefaults() throws IOException {
        var timing = Yaml.documents(Files.readString(
                        Path.of("src/main/resources/io/functionenvironment/api/settings/defaults.yaml")))
                .getFirst()
                .object("spec", "timing");
        var defaults = new TreeMap<String, String>();
        timing.fields()
                .keySet()
                .forEach(name -> timing.text(name).ifPresent(time -> defaults.put("timing." + name, time)));
        var documented = new TreeMap<String, String>();
        rows("operations.md", "When Crossplane calls again")
                .forEach(row -> documented.put(row.getFirst().replace("`", ""), row.get(1)));
        assertEquals(defaults, documented);
    }

    private static List<List<String>> rows(String document, String section) {
        return Markdown.rows(Markdown.read(Path.of("docs", document)).section(section)).stream()
                .skip(1)
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
