package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/install.md names everything that is to be installed, and its examples are valid. */
class InstallTest {
    private static final Markdown INSTALL = Markdown.read(Path.of("docs", "install.md"));
    private static final Pattern ARG = Pattern.compile("(?m)^ARG (\\w+)");
    private static final Pattern BUILD_ARG = Pattern.compile("--build-arg (\\w+)=");
    private static final Path DEFAULTS =
            Path.of("src", "main", "resources", "io", "functionenvironment", "api", "settings", "defaults.yaml");

    @Test
    void everyManifestIsNamed() throws IOException {
        try (var files = Files.walk(Path.of("package"))) {
            var unnamed = files.map(Path::toString)
                    .filter(file -> file.endsWith(".yaml"))
                    // package/assemble puts these into the packages.
                    .filter(file -> !file.matches("package/(aks|configuration|eks|gke|input)/.*"))
                    .filter(file -> !INSTALL.text().contains(file)
                            && !INSTALL.text().contains(file.replaceFirst("^package/", "target/package/")))
                    .sorted()
                    .toList();
            assertEquals(List.of(), unnamed);
        }
    }

    @Test
    void theListOfImagesAndChartsHasAllThatTheDefaultsUse() throws IOException {
        var defaults = Yaml.documents(Files.readString(DEFAULTS)).getFirst().object("spec");
        var charts = Stream.concat(
                Stream.of(defaults.object("vcluster", "chart"), defaults.object("argocd", "chart")),
                defaults.object("catalog").fields().values().stream().map(entry -> entry.object("chart")));
        var names = Stream.concat(
                        charts.flatMap(chart -> chart.fields().values().stream()),
                        defaults.object("vcluster", "kubernetesVersions").fields().values().stream())
                .map(name -> ((Json.Text) name).value())
                .toList();
        var list = INSTALL.section("Without the internet");
        assertEquals(
                List.of(), names.stream().filter(name -> !list.contains(name)).toList(), "missing in the list");
    }

    @Test
    void theDockerfileHasTheBuildArgumentsThatAreNamed() throws IOException {
        var available = ARG.matcher(Files.readString(Path.of("Dockerfile")))
                .results()
                .map(found -> found.group(1))
                .toList();
        var named = BUILD_ARG
                .matcher(INSTALL.text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertTrue(available.containsAll(named), named + " are named, the Dockerfile has " + available);
        assertTrue(named.contains("VERSION"), named.toString());
    }

    @Test
    void theFirstSettingsHaveAllThatAPlatformStartsWithAndAnEnvironmentCanUseThem() {
        var config = INSTALL.blocks("yaml").stream()
                .flatMap(block -> Yaml.documents(block).stream())
                .filter(example -> example.text("kind").orElse("").equals("EnvironmentConfig"))
                .map(Json.Obj.class::cast)
                .findFirst()
                .orElseThrow();
        var data = config.object("data");
        assertEquals(
                Set.of("sizes", "catalog", "access", "timing"), data.fields().keySet());
        var entry = data.object("catalog", "redis");
        assertEquals(List.of(new Json.Text("persistence.enabled")), entry.items("locked"));
        var environment = (Json.Obj) Yaml.documents("""
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec: {size: tiny, apps: [{name: redis, values: {replicas: 2}}]}
                """).getFirst();
        assertEquals(List.of(), Validation.errors(environment, Optional.empty(), Optional.of(config)));
    }

    @TestFactory
    Stream<DynamicTest> theSettingsInDocumentsAreValid() throws IOException {
        return Markdown.all().stream()
                .flatMap(document -> document.blocks("yaml").stream()
                        .flatMap(block -> Yaml.documents(block).stream())
                        .filter(example -> example.text("kind").orElse("").matches("Settings|EnvironmentConfig"))
                        .map(example -> DynamicTest.dynamicTest(document.file().toString(), () -> {
                            var errors = new FieldErrors();
                            SettingsDocument.merge(
                                    SettingsDocument.of(example, errors).stream()
                                            .toList(),
                                    Registry.SHIPPED.sizeFormats(),
                                    errors);
                            assertEquals(List.of(), errors.list());
                        })));
    }
}
