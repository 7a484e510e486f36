package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile agrees with the manifests and the options that it is used with. {@code e2e/image} tests the image itself. */
class ImageTest {
    private static final Path DOCKERFILE = Path.of("Dockerfile");

    @Test
    void runsAsTheUserOfTheRuntimeConfig() throws IOException {
        var config = first(Path.of("package/runtime-config.yaml"));
        var context = config.object("spec", "deploymentTemplate", "spec", "template", "spec", "securityContext");
        assertEquals(
                List.of("%s:%s".formatted(whole(context, "runAsUser"), whole(context, "runAsGroup"))),
                found("^USER (.*)$"));
    }

    @Test
    void mavenIsUsedOnlyWithItsChecksum() throws IOException {
        assertTrue(Files.readString(Path.of(".mvn/wrapper/maven-wrapper.properties"))
                .matches("(?s).*\\ndistributionSha256Sum=[0-9a-f]{64}\\n"));
    }

    /** The ahead-of-time cache is created with the options of the file, and the JVM ignores it with any other. */
    @Test
    void takesAllOptionsOfTheJvmFromOneFile() throws IOException {
        var arguments =
                Yaml.documents("arguments: " + found("^ENTRYPOINT (.*)$").getFirst())
                        .getFirst()
                        .items("arguments")
                        .stream()
                        .map(argument -> ((Json.Text) argument).value())
                        .toList();
        var cache = "-XX:AOTCache=/app/function.aot";
        var main = "io.functionenvironment.main.ServerMain";
        assertEquals(
                List.of("/opt/java/bin/java", "@/app/jvm.options", cache, "-cp", "/app/function.jar", main), arguments);
    }

    @Test
    void hasTheDescriptionAndLicenseOfThePackageAsLabels() throws IOException {
        var annotations = first(Path.of("crossplane.yaml")).object("metadata", "annotations");
        assertEquals(List.of(annotations.text("meta.crossplane.io/description").orElseThrow()), label("description"));
        assertEquals(List.of(annotations.text("meta.crossplane.io/license").orElseThrow()), label("licenses"));
    }

    private static List<String> label(String name) throws IOException {
        return found("org\\.opencontainers\\.image\\.%s=\"([^\"]*)\"".formatted(name));
    }

    private static List<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(DOCKERFILE))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static Json first(Path file) throws IOException {
        return Yaml.documents(Files.readString(file)).getFirst();
    }

    private static String whole(Json tree, String field) {
        return Yaml.text(tree.at(field).orElseThrow()).strip();
    }
}
