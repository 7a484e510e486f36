package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chart of the shipped defaults, rendered by the program helm on the PATH. The variable {@code CHARTS} names the folder with
 * the archive from {@code helm pull}. A test that needs it is skipped without them.
 */
record HelmChart(Path archive) {
    private static final Path DEFAULTS =
            Path.of("src/main/resources/io/functionenvironment/api/settings/defaults.yaml");

    static HelmChart of(String name) throws IOException {
        var charts = Optional.ofNullable(System.getenv("CHARTS"));
        assumeTrue(charts.isPresent(), "the variable CHARTS is not set");
        var helm = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm")));
        assumeTrue(helm, "helm is not on the PATH");
        var version = Yaml.documents(Files.readString(DEFAULTS))
                .getFirst()
                .text("spec", name, "chart", "version")
                .orElseThrow();
        var file = Path.of(charts.orElseThrow()).resolve(name + "-" + version + ".tgz");
        assumeTrue(Files.exists(file), file + " is not there");
        return new HelmChart(file);
    }

    /** The objects that Helm renders for a release. */
    List<Json> render(String release, Path values, Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("rendered.yaml");
        var process = new ProcessBuilder(
                        "helm",
                        "template",
                        release,
                        archive.toString(),
                        "--values",
                        values.toString(),
                        "--namespace",
                        "host")
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        // The reader of this project takes one document after the other, and refuses what is not JSON.
        return Stream.of(Files.readString(output).split("(?m)^---$", -1))
                .filter(text -> text.contains("kind:"))
                .map(text -> Yaml.documents(text).getFirst())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
