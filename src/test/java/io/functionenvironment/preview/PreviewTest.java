package io.functionenvironment.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Previews of examples. {@code ./mvnw test -Dtest=PreviewTest -Dgolden.update=true} updates the texts in their folders. */
class PreviewTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final TextView PLAIN = new TextView(false, false);

    @Test
    void aPreviewShowsEachStepUntilTheEnvironmentIsReady() throws IOException {
        golden("hello", "preview.txt", request("hello", List.of()));
    }

    @Test
    void appsThatDependOnAFailingAppWait() throws IOException {
        golden(
                "apps",
                "preview-failing.txt",
                request("apps", List.of(new PreviewRequest.Failure("backend", Optional.of("Init:Error")))));
    }

    @Test
    void aClusterAtACloudProviderIsShownWithWhatItCosts() throws IOException {
        for (var cloud : List.of("gke", "aks", "eks")) {
            golden(cloud, "preview.txt", request(cloud, List.of()));
        }
    }

    @Test
    void aRouteToAGatewayFollowsItsApp() throws IOException {
        golden("urls-gateway", "preview.txt", request("urls-gateway", List.of()));
    }

    @Test
    void knativeIsInstalledInItsOrder() throws IOException {
        golden("knative", "preview.txt", request("knative", List.of()));
    }

    @Test
    void anOperatorThatFailsHoldsWhatDependsOnIt() throws IOException {
        var failure = new PreviewRequest.Failure("knative", Optional.of("context deadline exceeded"));
        var result = Preview.of(request("knative", List.of(failure)));
        assertTrue(
                result.missing().stream().anyMatch(line -> line.startsWith("ServerlessReady: Knative fails")),
                () -> "" + result.missing());
    }

    @Test
    void knativeIsRemovedInReverse() throws IOException {
        var with = request("knative", List.of());
        var without = new Json.Obj(Map.of(
                "apiVersion", with.environment().at("apiVersion").orElseThrow(),
                "kind", with.environment().at("kind").orElseThrow(),
                "metadata", with.environment().object("metadata"),
                "spec", Json.obj(Json.field("size", "small"))));
        var text = PLAIN.render(Preview.of(new PreviewRequest(
                without,
                Optional.of(with.environment()),
                with.input(),
                with.config(),
                with.failures(),
                with.reconciliations())));
        for (var last : List.of("knative ", "knative-serving-namespace ")) {
            var order = Stream.of("manifest-hello-", "knative-serving ", last)
                    .map(component -> text.indexOf("- " + component))
                    .toList();
            assertTrue(order.stream().allMatch(at -> at >= 0), text);
            assertEquals(order.stream().sorted().toList(), order, text);
        }
    }

    @Test
    void aClusterThatNeverStartsIsReportedAsMissing() throws IOException {
        var result = Preview.of(request("hello", List.of(new PreviewRequest.Failure("cluster", Optional.empty()))));
        assertFalse(result.ready());
        assertTrue(
                result.missing().stream().anyMatch(line -> line.startsWith("ClusterReady: ")),
                () -> "" + result.missing());
    }

    @Test
    void theSameFilesGiveTheSameResult() throws IOException {
        assertEquals(Preview.of(request("apps", List.of())), Preview.of(request("apps", List.of())));
    }

    @Test
    void aPreviewCanStopAfterANumberOfReconciliations() throws IOException {
        var all = request("hello", List.of());
        var first = Preview.of(new PreviewRequest(
                all.environment(), Optional.empty(), all.input(), all.config(), all.failures(), Optional.of(1)));
        assertEquals(2, first.calls(), "the second call has the resources that the first one required");
        assertTrue(first.resources().stream().anyMatch(body -> body.text("kind").equals(Optional.of("Object"))));
        assertTrue(
                first.resources().stream().noneMatch(body -> body.text("kind").equals(Optional.of("Release"))));
    }

    @Test
    void thePreviewShowsTheQuotaOfTheSizeOnce() throws IOException {
        var text = PLAIN.render(Preview.of(request("hello", List.of())));
        assertEquals(
                List.of("quota: CPU 5000m, CPU limits 23000m, memory 5460Mi, memory limits 11604Mi, storage 25600Mi,"
                        + " 23 pods"),
                text.lines()
                        .filter(line -> line.contains("quota: "))
                        .map(line -> line.substring(line.indexOf("quota: ")))
                        .toList());
    }

    @Test
    void anotherSizeShowsItsQuota() throws IOException {
        var small = request("hello", List.of());
        var medium =
                Merge.over(small.environment(), Json.obj(Json.field("spec", Json.obj(Json.field("size", "medium")))));
        var text = PLAIN.render(Preview.of(new PreviewRequest(
                medium,
                Optional.of(small.environment()),
                small.input(),
                small.config(),
                small.failures(),
                small.reconciliations())));
        assertTrue(text.contains("quota: CPU 8000m, "), text);
    }

    @Test
    void resourcesAreYamlDocuments() throws IOException {
        var result = Preview.of(request("hello", List.of()));
        var documents = Yaml.documents(result.yaml());
        assertEquals(result.resources(), documents);
        assertTrue(documents.stream()
                .allMatch(document -> document.text("metadata", "name").isPresent()));
    }

    @Test
    void aDiagramShowsWhatWaitsForWhatAndWhatIsDeletedWhen() throws IOException {
        for (var example : List.of("hello", "knative", "existing")) {
            golden(
                    example,
                    "components.svg",
                    Preview.of(request(example, List.of())).svg().orElseThrow());
        }
    }

    @Test
    void withoutUnicodeTheTextIsAscii() throws IOException {
        var text = PLAIN.render(Preview.of(request("apps", List.of())));
        assertTrue(text.chars().allMatch(each -> each == '\n' || (each >= ' ' && each < 127)), text);
    }

    @Test
    void linesHaveColours() throws IOException {
        var text = new TextView(true, true).render(Preview.of(request("hello", List.of())));
        assertTrue(text.contains("\u001b[32m✓ "), text);
    }

    private static void golden(String example, String name, PreviewRequest request) throws IOException {
        golden(example, name, PLAIN.render(Preview.of(request)));
    }

    private static void golden(String example, String name, String text) throws IOException {
        var file = EXAMPLES.resolve(example).resolve(name);
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    private static PreviewRequest request(String example, List<PreviewRequest.Failure> failures) throws IOException {
        var folder = EXAMPLES.resolve(example);
        var settings = folder.resolve("settings.yaml");
        return new PreviewRequest(
                document(folder.resolve("environment.yaml")),
                Optional.empty(),
                Optional.empty(),
                Files.exists(settings) ? Optional.of(document(settings)) : Optional.empty(),
                failures,
                Optional.empty());
    }

    private static Json.Obj document(Path file) throws IOException {
        return (Json.Obj) Yaml.documents(Files.readString(file)).getFirst();
    }
}
