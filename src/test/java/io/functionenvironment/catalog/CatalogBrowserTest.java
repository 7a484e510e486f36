package io.functionenvironment.catalog;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The form in a real Chromium: it writes each example, and refuses each bad one. What it writes is kept in a folder, for the
 * end-to-end scenario that gives it to an API server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogBrowserTest {
    private static final Path REFUSALS = Path.of("src/test/resources/catalog/refusals.txt");
    private static final String MARKER = "# rejected at: ";
    private static final Path WRITTEN = Path.of("target/catalog-manifests");
    private final CatalogBrowser browser;
    private final Map<Path, List<String>> refused = new TreeMap<>();

    CatalogBrowserTest() throws IOException {
        browser = CatalogBrowser.start(CatalogSite.ofPlatform());
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
    }

    @TestFactory
    Stream<DynamicTest> fillingTheFormWritesTheExample() {
        return browser.site().types().stream().flatMap(type -> {
            var form = browser.form(type);
            return browser.site().examples().stream()
                    .filter(example -> type.has(example.object()))
                    .map(example -> DynamicTest.dynamicTest(example.name(), () -> {
                        form.reset();
                        form.fill(example.object());
                        assertEquals(List.of(), form.problems());
                        assertTrue(form.isValid());
                        assertEquals(List.of(example.object()), Yaml.documents(form.manifest()));
                        assertEquals(
                                List.of(),
                                SchemaCheck.errors(
                                        type, Yaml.documents(form.manifest()).getFirst()));
                        Files.createDirectories(WRITTEN);
                        Files.writeString(WRITTEN.resolve(example.name() + ".yaml"), form.manifest());
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> anExampleThatIsPastedFillsTheForm() {
        var type = browser.site().environment();
        var form = browser.form(type);
        return browser.site().examples().stream()
                .filter(example -> type.has(example.object()))
                .map(example -> DynamicTest.dynamicTest(example.name(), () -> {
                    form.paste(example.text());
                    assertEquals(List.of(), form.problems());
                    assertTrue(form.isValid());
                }));
    }

    /** The problems of each bad example, in the form. */
    private Map<Path, List<String>> refusals() throws IOException {
        if (refused.isEmpty()) {
            var form = browser.form(browser.site().environment());
            var found = new TreeMap<Path, List<String>>();
            try (var files = Files.list(Path.of("examples/rejected"))) {
                for (var file : files.toList()) {
                    form.paste(Files.readString(file));
                    found.put(file, form.problems());
                }
            }
            refused.putAll(found);
        }
        return refused;
    }

    /** The file has the path at which the function and the API server refuse the example. */
    @TestFactory
    Stream<DynamicTest> theFormRefusesEachBadExampleWhereTheApiServerDoes() throws IOException {
        return refusals().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(name(entry.getKey()), () -> {
                    var first =
                            Files.readString(entry.getKey()).lines().findFirst().orElse("");
                    assertEquals(
                            List.of(first.replace(MARKER, "")),
                            entry.getValue().stream()
                                    .map(problem -> problem.substring(0, problem.indexOf(' ')))
                                    .distinct()
                                    .toList(),
                            () -> "" + entry.getValue());
                }));
    }

    /** {@code -Dgolden.update=true} writes them. */
    @Test
    void refusesBadExamplesInTheseWords() throws IOException {
        var text = refusals().entrySet().stream()
                .map(entry -> name(entry.getKey()) + ": " + String.join("; ", entry.getValue()) + "\n")
                .collect(joining());
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(REFUSALS, text);
        }
        assertEquals(Files.readString(REFUSALS), text);
    }

    @Test
    void theMessagesAreThoseOfTheDefinition() throws IOException {
        var said = String.join(
                "\n", refusals().values().stream().flatMap(List::stream).toList());
        var missing = new TreeSet<>(messages(browser.site().environment().spec()));
        missing.removeIf(said::contains);
        assertEquals(Set.of(), missing, "rules that refuse no bad example in the form");
    }

    /** Of the rules that hold when an object is created. */
    private static Set<String> messages(Json schema) {
        var found = new TreeSet<String>();
        schema.items("x-kubernetes-validations").stream()
                .filter(rule -> !rule.text("rule").orElse("").contains("oldSelf"))
                .forEach(rule -> found.add(rule.text("message").orElseThrow().strip()));
        schema.object("properties").fields().values().forEach(field -> found.addAll(messages(field)));
        Stream.of("items", "additionalProperties").forEach(part -> {
            if (!schema.object(part).isEmpty()) {
                found.addAll(messages(schema.object(part)));
            }
        });
        return found;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }
}
