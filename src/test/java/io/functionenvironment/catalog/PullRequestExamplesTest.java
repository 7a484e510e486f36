package io.functionenvironment.catalog;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.Registry;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each way in {@code examples/pull-requests} renders the same valid Environment for a pull request. */
class PullRequestExamplesTest {
    private static final Path FOLDER = Path.of("examples/pull-requests");
    /** A tag of digits alone, which YAML reads as a number unless it is quoted. */
    private static final String COMMIT = "0123456789".repeat(4);

    /**
     * A way.
     *
     * @param patch what it changes of the Environment, as it is written
     * @param inputs its placeholders, and what they stand for in the pull request 7
     */
    private record Way(String name, String patch, Map<String, String> inputs) {}

    private static List<Json> documents(String file) throws IOException {
        return Yaml.documents(Files.readString(FOLDER.resolve(file)));
    }

    private static Json document(String file, String kind) throws IOException {
        return documents(file).stream()
                .filter(document -> document.text("kind").equals(Optional.of(kind)))
                .findFirst()
                .orElseThrow();
    }

    private static String patch(Json kustomize) {
        return kustomize.items("patches").getFirst().text("patch").orElseThrow();
    }

    private static Stream<Way> ways() throws IOException {
        var argocd =
                document("argocd.yaml", "ApplicationSet").object("spec", "template", "spec", "source", "kustomize");
        var flux = document("flux.yaml", "ResourceSet")
                .items("spec", "resources")
                .getFirst()
                .object("spec");
        var workflow = documents("github-workflow.yaml").getFirst().object("jobs", "apply", "env");
        return Stream.of(
                new Way(
                        "an ApplicationSet of Argo CD",
                        patch(argocd),
                        Map.of("{{.number}}", "7", "{{.head_sha}}", COMMIT)),
                new Way(
                        "a ResourceSet of Flux",
                        patch(flux),
                        Map.of("<< inputs.id >>", "7", "<< inputs.sha >>", COMMIT)),
                new Way(
                        "a workflow of GitHub",
                        workflow.text("PATCH").orElseThrow(),
                        Map.of(
                                "${{ github.event.number }}",
                                "7",
                                "${{ github.event.pull_request.head.sha }}",
                                COMMIT)));
    }

    @TestFactory
    Stream<DynamicTest> eachWayRendersTheSameValidEnvironment() throws IOException {
        var base = (Json.Obj) documents("environment.yaml").getFirst();
        var named = Merge.over(base, obj("metadata", obj("name", "pr-7")));
        var apps = named.items("spec", "apps");
        var tag = obj("values", obj("image", obj("tag", COMMIT)));
        var expected =
                Merge.over(named, obj("spec", obj("apps", List.of(Merge.over((Json.Obj) apps.getFirst(), tag)))));
        return ways().map(way -> DynamicTest.dynamicTest(way.name(), () -> {
            var text = way.patch();
            for (var input : way.inputs().entrySet()) {
                text = text.replace(input.getKey(), input.getValue());
            }
            var environment = base;
            for (var operation : ((Json.Arr) Yaml.documents(text).getFirst()).items()) {
                environment = replaced(environment, operation);
            }
            assertEquals(expected, environment);
            var errors = new FieldErrors();
            Registry.SHIPPED.readFile(environment, errors);
            assertEquals(List.of(), errors.list());
            assertEquals(List.of(), SchemaCheck.errors(type(), environment));
        }));
    }

    private static RequestableType type() throws IOException {
        var definition = Yaml.documents(Files.readString(Path.of("package/configuration/definition.yaml")));
        return RequestableType.of(definition.getFirst(), new FieldErrors()).orElseThrow();
    }

    /** RFC 6902: replace needs the value to be there. */
    private static Json.Obj replaced(Json.Obj object, Json operation) {
        assertEquals(Optional.of("replace"), operation.text("op"));
        var path = List.of(operation.text("path").orElseThrow().substring(1).split("/", -1));
        return (Json.Obj) replaced(object, path, operation.at("value").orElseThrow());
    }

    private static Json replaced(Json json, List<String> path, Json value) {
        if (path.isEmpty()) {
            return value;
        }
        var rest = path.subList(1, path.size());
        return switch (json) {
            case Json.Obj fields ->
                Merge.over(
                        fields,
                        obj(path.getFirst(), replaced(fields.at(path.getFirst()).orElseThrow(), rest, value)));
            case Json.Arr(var items) -> {
                var index = Integer.parseInt(path.getFirst());
                var changed = new ArrayList<>(items);
                changed.set(index, replaced(items.get(index), rest, value));
                yield new Json.Arr(List.copyOf(changed));
            }
            default -> throw new AssertionError(path + " is not in the Environment");
        };
    }

    @Test
    void theAppIsReadyOnlyOnceTheImageRuns() throws IOException {
        var apps = documents("environment.yaml").getFirst().items("spec", "apps");
        assertEquals(
                List.of(Optional.of(new Json.Bool(true))),
                apps.stream().map(app -> app.at("wait")).toList());
    }

    @Test
    void theAddressInTheCommentIsThatOfTheEnvironment() throws IOException {
        var address = "http://podinfo.pr-%s.team-a.preview.example.org";
        assertEquals(
                List.of(
                        Optional.of(address.formatted("{{.number}}")),
                        Optional.of(address.formatted("<< inputs.id >>"))),
                List.of(
                        document("argocd.yaml", "ApplicationSet")
                                .text("spec", "template", "metadata", "annotations", "preview.example.org/url"),
                        document("flux.yaml", "ResourceSet")
                                .items("spec", "resources")
                                .getFirst()
                                .text("metadata", "annotations", "event.toolkit.fluxcd.io/preview-url")));
        var settings = documents("settings.yaml").getFirst();
        assertEquals(Optional.of("preview.example.org"), settings.text("data", "domain"));
    }
}
