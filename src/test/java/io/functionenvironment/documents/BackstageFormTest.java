package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.Registry;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Backstage shows and writes for Environments. The plugins make the form and the manifests as published, and the library of
 * Backstage's forms fills in and validates; {@code src/test/portals} runs them without a backend. Skipped without npm, unless
 * REQUIRE_BROWSER is true.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackstageFormTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path GOLDENS = Path.of("src/test/resources/portals");
    private static final Path DEFINITION = Path.of("package/configuration/definition.yaml");
    private static final String WRITTEN = "the form writes it";
    private static final int UNAVAILABLE = 3;

    private final Map<String, Json> examples = new TreeMap<>();
    private final Map<String, Json> answers = new TreeMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    void enterTheExamples() throws IOException, InterruptedException {
        try (var folders = Files.list(EXAMPLES)) {
            for (var example : folders.map(one -> one.resolve("environment.yaml"))
                    .filter(Files::exists)
                    .toList()) {
                var document = Yaml.documents(Files.readString(example)).getFirst();
                if (text(document, "kind").equals("Environment")) {
                    examples.put(EXAMPLES.relativize(example.getParent()).toString(), document);
                }
            }
        }
        var input = folder.resolve("examples.json");
        Files.writeString(input, examples.values().stream().map(Yaml::json).collect(Collectors.joining(",", "[", "]")));
        var lines = backstage("manifests", input).lines().toList();
        assertEquals(examples.size(), lines.size());
        var names = List.copyOf(examples.keySet());
        for (var i = 0; i < names.size(); i++) {
            answers.put(names.get(i), Yaml.documents(lines.get(i)).getFirst());
        }
    }

    /** Runs the plugins. What the process reads is in a file, so that it never waits for it. */
    private String backstage(String mode, Path input) throws IOException, InterruptedException {
        var output = folder.resolve(mode + ".out");
        var problems = folder.resolve(mode + ".err");
        var process = new ProcessBuilder(
                        "src/test/portals/run",
                        "target/portals",
                        mode,
                        "examples/backstage/app-config.yaml",
                        DEFINITION.toString(),
                        "package/configuration/composition.yaml")
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(problems.toFile())
                .start();
        var status = process.waitFor();
        var said = Files.readString(problems, StandardCharsets.UTF_8);
        var required = "true".equals(System.getenv("REQUIRE_BROWSER"));
        assumeTrue(status != UNAVAILABLE || required, () -> "skipped: " + said);
        assertEquals(0, status, said);
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** {@code -Dgolden.update=true} writes it. */
    private static void assertGolden(String name, String found) throws IOException {
        var golden = GOLDENS.resolve(name);
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(golden, found);
        }
        assertEquals(Files.readString(golden), found);
    }

    private static String text(Json tree, String... path) {
        return tree.text(path).orElseThrow(() -> new AssertionError("no text at " + String.join(".", path)));
    }

    @Test
    void theFormHasTheseFieldsInThisOrder() throws IOException, InterruptedException {
        assertGolden("backstage-form.txt", backstage("form", Path.of("/dev/null")));
    }

    @Test
    void theManifestOfTheSmallestEnvironmentGoesIntoAPullRequest() throws IOException {
        var answer = Objects.requireNonNull(answers.get("hello"));
        var file = answer.items("files").stream()
                .map(Json::text)
                .map(path -> path.orElseThrow())
                .toList();
        assertGolden("backstage-hello.yaml", "# " + file.getFirst() + "\n" + text(answer, "manifest"));
    }

    /** Otherwise somebody who only looks behind a switch could not go on without an entry there. */
    @Test
    void nothingBehindASwitchHasToBeFilled() throws IOException, InterruptedException {
        var entered = Yaml.documents(Files.readString(GOLDENS.resolve("backstage-switches.yaml")))
                .getFirst();
        var input = folder.resolve("switches.json");
        Files.writeString(input, "[" + Yaml.json(entered) + "]");
        var answer = Yaml.documents(backstage("manifests", input)).getFirst();
        assertEquals(List.of(), answer.items("problems"));
        assertEquals(List.of(), answer.items("missing"));
        assertFalse(text(answer, "manifest").contains("showAdvancedSettings"), () -> text(answer, "manifest"));
    }

    /** What no field of the form can hold is added in the pull request. */
    @Test
    void theFormHasNoFieldForThis() throws IOException {
        assertGolden(
                "backstage-examples.txt",
                answers.entrySet().stream()
                        .map(answer -> answer.getKey() + ": " + outcome(answer.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    private static String outcome(Json answer) {
        if (!answer.items("problems").isEmpty()) {
            return "is refused: " + join(answer.items("problems"));
        }
        return answer.items("missing").isEmpty() ? WRITTEN : "no field for " + join(answer.items("missing"));
    }

    private static String join(List<Json> texts) {
        return texts.stream().map(item -> item.text().orElseThrow()).collect(Collectors.joining(", "));
    }

    @TestFactory
    Stream<DynamicTest> theWrittenManifestIsTheExampleOnceTheApiServerHasAppliedDefaults() throws IOException {
        var spec = Yaml.documents(Files.readString(DEFINITION))
                .getFirst()
                .items("spec", "versions")
                .getFirst()
                .object("schema", "openAPIV3Schema", "properties", "spec");
        return answers.entrySet().stream()
                .filter(answer -> outcome(answer.getValue()).equals(WRITTEN))
                .map(answer -> DynamicTest.dynamicTest(answer.getKey(), () -> {
                    var written =
                            Yaml.documents(text(answer.getValue(), "manifest")).getFirst();
                    var errors = new FieldErrors();
                    Registry.SHIPPED.readFile(written, errors);
                    assertEquals(List.of(), errors.list());
                    assertEquals(
                            withDefaults(
                                    spec,
                                    Objects.requireNonNull(examples.get(answer.getKey()))
                                            .object("spec")),
                            withDefaults(spec, written.object("spec")));
                }));
    }

    /** As the API server fills them in; a feature that is off is one that is absent. */
    private static Json withDefaults(Json schema, Json value) {
        return switch (value) {
            case Json.Obj(var fields) -> {
                var filled = new LinkedHashMap<>(fields);
                schema.object("properties").fields().forEach((key, field) -> {
                    field.at("default").ifPresent(fallback -> filled.putIfAbsent(key, fallback));
                    filled.computeIfPresent(key, (ignored, inner) -> withDefaults(field, inner));
                });
                if (!fields.containsKey("knative")
                        && schema.at("properties", "knative").isPresent()) {
                    filled.put("knative", withDefaults(schema.object("properties", "knative"), Json.Obj.EMPTY));
                }
                yield new Json.Obj(filled);
            }
            case Json.Arr(var items) -> {
                var filled = new ArrayList<Json>();
                items.forEach(item -> filled.add(withDefaults(schema.object("items"), item)));
                yield new Json.Arr(filled);
            }
            case Json other -> other;
        };
    }
}
