package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands in docs/install.md that pin charts fit the runtime configuration of provider-helm and the shipped chart. */
class PinnedChartsTest {
    private static final Markdown INSTALL = Markdown.read(Path.of("docs", "install.md"));
    private static final Pattern PATCH =
            Pattern.compile("(?s)patch deploymentruntimeconfig provider-helm [^']*'(\\[.*?\\])'");

    /** provider-helm 1.4.0 keeps charts in /tmp/charts ({@code pkg/clients/helm/client.go}, {@code chartCache}). */
    @Test
    void thePatchMountsTheShippedChartWhereProviderHelmLooksForIt() throws IOException {
        var text = PATCH.matcher(INSTALL.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var operations = Yaml.documents("patch: " + text).getFirst().items("patch");
        var config = Yaml.documents(Files.readString(Path.of("package/host/provider-helm.yaml")))
                .getFirst();
        for (var operation : operations) {
            var path = operation.text("path").orElseThrow();
            assertEquals(
                    List.of("add", true, "/-"),
                    List.of(
                            operation.text("op").orElseThrow(),
                            at(config, path.substring(1, path.length() - 2).split("/", -1)) instanceof Json.Arr,
                            path.substring(path.length() - 2)),
                    path);
        }
        var version = Yaml.documents(Files.readString(
                        Path.of("src/main/resources/io/functionenvironment/api/settings/defaults.yaml")))
                .getFirst()
                .text("spec", "vcluster", "chart", "version")
                .orElseThrow();
        var file = "vcluster-" + version + ".tgz";
        assertEquals(
                List.of("/tmp/charts", "/tmp/charts/" + file + " " + file + " true"),
                operations.stream()
                        .map(operation -> operation.object("value"))
                        .filter(value -> value.at("mountPath").isPresent())
                        .map(value -> Stream.concat(
                                        Stream.of("mountPath", "subPath").flatMap(key -> value.text(key).stream()),
                                        Stream.of(value.isTrue("readOnly"))
                                                .filter(on -> on)
                                                .map(String::valueOf))
                                .reduce((one, other) -> one + " " + other)
                                .orElseThrow())
                        .toList());
    }

    /** Everybody's charts are there, and the names and sizes of their versions are those that a repository chooses. */
    @Test
    void pulledChartsCannotFillTheDiskOfTheNode() throws IOException {
        var pod = Yaml.documents(Files.readString(Path.of("package/host/provider-helm.yaml")))
                .getFirst()
                .object("spec", "deploymentTemplate", "spec", "template", "spec");
        assertEquals(
                List.of("tmp 1Gi"),
                pod.items("volumes").stream()
                        .map(volume -> volume.text("name").orElse("") + " "
                                + volume.text("emptyDir", "sizeLimit").orElse("unlimited"))
                        .toList());
    }

    private static Json at(Json json, String... path) {
        var found = json;
        for (var key : path) {
            found = found instanceof Json.Arr(var items)
                    ? items.get(Integer.parseInt(key))
                    : found.at(key).orElseThrow();
        }
        return found;
    }
}
