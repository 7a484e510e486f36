package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command prints, where, and with what status it ends. */
class MainTest {
    private static final String HELLO = "examples/hello/environment.yaml";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private int run(String... arguments) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        return Main.run(List.of(arguments), terminal);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void helpNamesEveryCommand() {
        assertEquals(0, run("--help"));
        for (var word : List.of("preview", "validate", "serve", "--settings", "--fail", "--until", "-o")) {
            assertTrue(out().contains(word), word);
        }
    }

    @Test
    void anEnvironmentThatBecomesReadyEndsWell() {
        assertEquals(0, run("preview", HELLO));
        assertTrue(out().contains("\nReady after "), out());
        assertEquals("", err());
    }

    @Test
    void oneThatDoesNotBecomeReadyEndsWithWhatIsMissing() {
        assertEquals(1, run("preview", HELLO, "--fail", "podinfo"));
        assertTrue(out().contains("\nNot ready"), out());
        assertTrue(out().contains("\n  AppsReady: "), out());
    }

    @Test
    void yamlIsAllThatIsPrintedWhenYamlIsAskedFor() {
        assertEquals(0, run("preview", HELLO, "-o", "yaml"));
        assertEquals(5, Yaml.documents(out()).size());
        assertEquals("", err());
    }

    @Test
    void settingsFromAStepCountToo() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: environment.fn.crossplane.io/v1beta1
                kind: Settings
                spec:
                  host:
                    namespacePrefix: its-
                """);
        assertEquals(0, run("preview", HELLO, "--settings=" + settings));
        assertTrue(out().contains("its-team-a-dev-"), out());
    }

    @Test
    void aFaultInAnEnvironmentIsNamedByFileAndPath() {
        assertEquals(2, run("preview", "examples/rejected/app-twice.yaml"));
        assertTrue(err().startsWith("examples/rejected/app-twice.yaml: spec.apps[1]: "), err());
        assertEquals("", out());
    }

    @Test
    void validationNamesAllFaultsOfAllFiles() {
        var good = "examples/platform/settings.yaml";
        assertEquals(
                1,
                run(
                        "validate",
                        HELLO,
                        good,
                        "examples/rejected/set-both.yaml",
                        "examples/rejected-settings/storage-unit.yaml"));
        assertEquals(HELLO + ": is valid\n" + good + ": is valid\n", out());
        assertTrue(err().contains("examples/rejected/set-both.yaml: spec.apps[0].set[0]: "), err());
        assertTrue(err().contains("examples/rejected-settings/storage-unit.yaml: spec.sizes."), err());
    }

    @Test
    void validFilesEndWell() {
        assertEquals(0, run("validate", HELLO));
    }

    @Test
    void aFileThatIsNoYamlIsSaidToBeNone() throws IOException {
        var file = file("bad.yaml", "a: [");
        assertEquals(2, run("preview", file));
        assertTrue(err().startsWith(file + ": is no YAML: "), err());
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertEquals(1, run("validate", "nowhere.yaml"));
        assertEquals("nowhere.yaml: there is no such file\n", err());
    }

    @Test
    void whatIsNoEnvironmentIsNotPreviewed() throws IOException {
        assertEquals(2, run("preview", "examples/platform/settings.yaml"));
        assertTrue(err().contains("has 0 Environments, must have one"), err());
        err.reset();
        assertEquals(2, run("preview", file("map.yaml", "apiVersion: v1\nkind: ConfigMap\n")));
        assertTrue(err().contains("has neither an Environment nor Settings in it"), err());
    }

    @Test
    void everyArgumentThatMakesNoSenseIsNamed() {
        usage("preview, validate or serve");
        usage("\"destroy\"", "destroy");
        usage("ENVIRONMENT.yaml is missing", "preview");
        usage("FILE is missing", "validate");
        usage("--nope is not known", "preview", HELLO, "--nope");
        usage("--settings needs a value", "preview", HELLO, "--settings");
        usage("-o is \"json\", must be text or yaml", "preview", HELLO, "-o", "json");
        usage("--until is \"soon\"", "preview", HELLO, "--until", "soon");
        usage("--fail names \"x\", must be one of cluster, podinfo", "preview", HELLO, "--fail", "x=y");
        usage("is one file too many", "preview", HELLO, HELLO);
        usage("-o is there 2 times", "preview", HELLO, "-o", "yaml", "-o", "text");
        usage("unknown argument --port;", "serve", "--port=1");
    }

    private void usage(String expected, String... arguments) {
        err.reset();
        assertEquals(2, run(arguments));
        assertTrue(err().contains(expected), err());
        assertEquals("", out());
    }
}
