package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/install.md says to install is all there is to install. */
class InstallTest {
    private static final Markdown INSTALL = Markdown.read(Path.of("docs", "install.md"));
    private static final Pattern ARG = Pattern.compile("(?m)^ARG (\\w+)");
    private static final Pattern BUILD_ARG = Pattern.compile("--build-arg (\\w+)=");
    private static final Path DEFAULTS =
            Path.of("src", "main", "resources", "io", "functionenvironment", "settings", "defaults.yaml");

    @Test
    void everyManifestOfThePackageIsNamed() throws IOException {
        try (var files = Files.walk(Path.of("package"))) {
            var unnamed = files.map(Path::toString)
                    .filter(file -> file.endsWith(".yaml"))
                    // What package/assemble takes.
                    .filter(file -> !file.startsWith("package/configuration/") && !file.startsWith("package/input/"))
                    .filter(file -> !INSTALL.text().contains(file)
                            && !INSTALL.text().contains(file.replaceFirst("^package/", "target/package/")))
                    .sorted()
                    .toList();
            assertEquals(List.of(), unnamed);
        }
    }

    @Test
    void whatTheDefaultsNameIsInTheListForThoseWithoutInternet() throws IOException {
        var defaults = Yaml.documents(Files.readString(DEFAULTS)).getFirst().object("spec");
        var charts = Stream.concat(
                Stream.of(defaults.object("vcluster", "chart")),
                defaults.object("catalog").fields().values().stream().map(entry -> entry.object("chart")));
        var names = Stream.concat(
                        charts.flatMap(chart -> chart.fields().values().stream()),
                        defaults.object("vcluster", "kubernetesVersions").fields().values().stream())
                .map(name -> ((Json.Text) name).value())
                .toList();
        var list = INSTALL.section("Without the internet");
        assertEquals(
                List.of(),
                names.stream().filter(name -> !list.contains(name)).toList(),
                "what the defaults name and the list has not");
    }

    @Test
    void theImageTakesTheArgumentsItIsGiven() throws IOException {
        var taken = ARG.matcher(Files.readString(Path.of("Dockerfile")))
                .results()
                .map(found -> found.group(1))
                .toList();
        var given = BUILD_ARG
                .matcher(INSTALL.text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertTrue(taken.containsAll(given), given + " are given, " + taken + " taken");
        assertTrue(given.contains("VERSION"), given.toString());
    }

    @TestFactory
    Stream<DynamicTest> settingsInDocumentsAreAccepted() throws IOException {
        return Markdown.all().stream()
                .flatMap(document -> document.blocks("yaml").stream()
                        .flatMap(block -> Yaml.documents(block).stream())
                        .filter(tree -> tree.text("kind").orElse("").matches("Settings|EnvironmentConfig"))
                        .map(tree -> DynamicTest.dynamicTest(document.file().toString(), () -> {
                            var faults = new FieldErrors();
                            SettingsDocument.merge(
                                    SettingsDocument.of(tree, faults).stream().toList(),
                                    Registry.SHIPPED.sizeFormats(),
                                    faults);
                            assertEquals(List.of(), faults.list());
                        })));
    }
}
