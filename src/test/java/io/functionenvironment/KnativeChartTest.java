package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.example;
import static io.functionenvironment.HelmChart.named;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart of the Knative operator makes of the values, and the custom resources by the schemas of its
 * CustomResourceDefinitions. The test needs the program helm on the PATH and, in the folder that the variable {@code CHARTS}
 * names, the chart in the version of the shipped defaults: {@code helm pull knative-operator --repo
 * https://knative.github.io/operator --version v1.23.0}, as {@code knative-operator-1.23.0.tgz}.
 */
class KnativeChartTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Map<String, String> PLURALS =
            Map.of("knative-serving", "knativeservings", "knative-eventing", "knativeeventings");

    @TempDir
    private Path folder;

    private Optional<HelmChart> chart = Optional.empty();

    @BeforeEach
    void findTheChart() throws IOException {
        chart = Optional.of(HelmChart.of("knative", "knative-operator"));
    }

    /** What Helm renders of the Release of the operator. */
    private List<Json> render(ObservedStateFake state) throws IOException, InterruptedException {
        return chart.orElseThrow().render(body(state.call(), "knative"), List.of(), folder);
    }

    /** What the schemas say against the custom resources, by their component. */
    private static Map<String, List<String>> errors(ObservedStateFake state, List<Json> rendered) {
        var errors = new TreeMap<String, List<String>>();
        PLURALS.forEach((component, plural) -> {
            if (state.names().contains(component)) {
                var manifest = new TreeMap<>(state.observed(component)
                        .object("spec", "forProvider", "manifest")
                        .fields());
                manifest.put("metadata", Json.Obj.EMPTY);
                var definition = named(rendered, "CustomResourceDefinition", plural + ".operator.knative.dev");
                errors.put(component, StructuralSchema.of(definition).errors(new Json.Obj(manifest)));
            }
        });
        return errors;
    }

    @Test
    void everyCustomResourceOfTheExamplesIsValidByTheSchemaOfTheChart() throws IOException, InterruptedException {
        var checked = new TreeSet<String>();
        try (var files = Files.walk(EXAMPLES)) {
            for (var file : files.filter(file -> file.endsWith("environment.yaml"))
                    .sorted()
                    .toList()) {
                if (Requests.documents(file).getFirst().at("spec", "knative").isPresent()) {
                    var folder = file.resolveSibling("");
                    var example = EXAMPLES.relativize(folder).toString();
                    var state = example(folder).steps(12);
                    if (state.names().contains("knative")) {
                        errors(state, render(state)).forEach((component, errors) -> {
                            assertEquals(List.of(), errors, example);
                            checked.add(component);
                        });
                    }
                }
            }
        }
        assertEquals(PLURALS.keySet(), checked);
    }

    @Test
    void whatAPlatformSetsIsValidByTheSchemaOfTheChart() throws IOException, InterruptedException {
        var registry = obj(
                "registry",
                obj(
                        "default",
                        "registry.example.org/knative/${NAME}:v1",
                        "override",
                        obj("queue-proxy", "registry.example.org/queue:v1")));
        var state = new ObservedStateFake(
                        Fixtures.environment(obj(
                                "knative",
                                obj(
                                        "enabled",
                                        true,
                                        "serving",
                                        obj("domain", "dev.example.org", "serviceType", "LoadBalancer"),
                                        "eventing",
                                        obj("enabled", true)))),
                        Fixtures.settings(obj("knative", obj("serving", registry, "eventing", registry))))
                .steps(12);
        assertEquals(Map.of("knative-serving", List.of(), "knative-eventing", List.of()), errors(state, render(state)));
    }

    @Test
    void theSchemaOfTheChartRefusesWhatItDoesNotHave() throws IOException, InterruptedException {
        var state = example(EXAMPLES.resolve("knative")).steps(12);
        var rendered = render(state);
        var wrong = Merge.over(
                state.observed("knative-serving").object("spec", "forProvider", "manifest"),
                obj(
                        "metadata",
                        new Json.Null(),
                        "spec",
                        obj(
                                "ingress",
                                obj("kourier", obj("enabled", "yes", "type", "ClusterIP")),
                                "high-availability",
                                obj("replicas", true))));
        assertEquals(
                List.of(
                        ".spec.high-availability.replicas is a boolean instead of integer",
                        ".spec.ingress.kourier.enabled is a string instead of boolean",
                        ".spec.ingress.kourier.type is unknown"),
                StructuralSchema.of(named(rendered, "CustomResourceDefinition", "knativeservings.operator.knative.dev"))
                        .errors(wrong)
                        .stream()
                        .sorted()
                        .toList());
    }

    /** What the quota has room for, in the class Half. */
    @Test
    void theOperatorTakesWhatTheQuotaHasRoomFor() throws IOException, InterruptedException {
        var taken = new TreeMap<String, Json>();
        for (var object : render(example(EXAMPLES.resolve("knative")).steps(12))) {
            var kind = object.text("kind").orElse("");
            if (kind.equals("Service")) {
                taken.put("Service " + object.text("metadata", "name").orElseThrow(), Json.Obj.EMPTY);
            }
            var containers = object.items("spec", "template", "spec", "containers");
            if (!containers.isEmpty()) {
                assertEquals(1, containers.size());
                assertEquals(1, object.number("spec", "replicas").orElse(1d));
                taken.put(
                        kind + " " + object.text("metadata", "name").orElseThrow(),
                        containers.getFirst().object("resources"));
            }
        }
        assertEquals(
                Map.of(
                        "Service operator-webhook",
                        Json.Obj.EMPTY,
                        "Deployment knative-operator",
                        resources("100m", "100Mi", "1000m", "1000Mi"),
                        "Deployment operator-webhook",
                        resources("100m", "100Mi", "500m", "500Mi")),
                taken);
    }

    private static Json.Obj resources(String cpu, String memory, String cpuLimit, String memoryLimit) {
        return obj(
                "requests", obj("cpu", cpu, "memory", memory), "limits", obj("cpu", cpuLimit, "memory", memoryLimit));
    }
}
