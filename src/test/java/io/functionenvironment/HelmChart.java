package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chart of the shipped defaults, rendered by the program helm on the PATH. The variable {@code CHARTS} names the folder with
 * the archive from {@code helm pull}. A test that needs it is skipped without that folder or the archive.
 */
record HelmChart(Path archive) {
    private static final String KUBERNETES = "1.35.0";

    private static final Path DEFAULTS =
            Path.of("src/main/resources/io/functionenvironment/api/settings/defaults.yaml");

    /**
     * The chart.
     *
     * @param setting the field of the shipped defaults that has its version
     * @param name of the chart
     */
    static HelmChart of(String setting, String name) throws IOException {
        var charts = Optional.ofNullable(System.getenv("CHARTS"));
        assumeTrue(charts.isPresent(), "the variable CHARTS is not set");
        var version = Yaml.documents(Files.readString(DEFAULTS))
                .getFirst()
                .text("spec", setting, "chart", "version")
                .orElseThrow();
        var file = Path.of(charts.orElseThrow()).resolve(name + "-" + version + ".tgz");
        assumeTrue(Files.exists(file), file + " is not there");
        return new HelmChart(file);
    }

    /**
     * The objects that Helm renders for a Release.
     *
     * @param from documents with values, which those of the Release win over
     * @param folder for files
     */
    List<Json> render(Json.Obj release, List<Json.Obj> from, Path folder) throws IOException, InterruptedException {
        var forProvider = release.object("spec", "forProvider");
        var values = new ArrayList<>(from);
        values.add(forProvider.object("values"));
        return render(
                release.text("metadata", "annotations", "crossplane.io/external-name")
                        .orElseThrow(),
                forProvider.text("namespace").orElseThrow(),
                values,
                folder);
    }

    /**
     * The objects that Helm renders for a release.
     *
     * @param values documents with values, of which later ones win
     * @param folder for files
     */
    List<Json> render(String release, String namespace, List<Json.Obj> values, Path folder)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "helm",
                "template",
                release,
                archive.toString(),
                "--namespace",
                namespace,
                "--kube-version",
                KUBERNETES));
        for (var i = 0; i < values.size(); i++) {
            var file = folder.resolve("values-" + i + ".yaml");
            Files.writeString(file, Yaml.text(values.get(i)));
            command.addAll(List.of("--values", file.toString()));
        }
        var output = folder.resolve("rendered.yaml");
        var process = new ProcessBuilder(command)
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

    /** The object of a kind and name among those that are rendered. */
    static Json named(List<Json> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.text("kind").equals(Optional.of(kind))
                        && object.text("metadata", "name").equals(Optional.of(name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
