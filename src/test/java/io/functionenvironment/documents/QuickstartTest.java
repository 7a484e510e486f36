package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What quickstart and the scripts of the packages do without a cluster. */
class QuickstartTest {
    private static final Path COMMANDS = Path.of("src", "test", "resources", "quickstart-kind.txt");

    @Test
    void aDryRunPrintsTheCommandsFromNothingToTheFirstEnvironment() throws Exception {
        // The version is derived from the sources.
        var printed = run("./quickstart", "--kind", "--dry-run").replaceAll("v0\\.0\\.0-q\\d+", "VERSION");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(COMMANDS, printed);
        }
        assertEquals(Files.readString(COMMANDS), printed);
    }

    @TestFactory
    Stream<DynamicTest> invalidUsageIsRefused() {
        return Stream.of(
                        List.of("2 quickstart: --repository needs a value", "./quickstart", "--repository"),
                        List.of(
                                "2 quickstart: there is no --cloud; see ./quickstart --help",
                                "./quickstart",
                                "--cloud"),
                        List.of("2 quickstart: --version needs --repository", "./quickstart", "--version", "v1.0.0"),
                        List.of(
                                "2 quickstart: --settings none.yaml is not a file that can be read",
                                "./quickstart",
                                "--settings",
                                "none.yaml"),
                        List.of(
                                "2 quickstart: the cluster of --current needs --repository, a registry from which it pulls",
                                "./quickstart",
                                "--current",
                                "--dry-run"),
                        List.of(
                                "2 package/install: CONFIGURATION is 'ghcr.io/acme'; it has the form"
                                        + " HOST/PATH/configuration-environment:vX.Y.Z",
                                "package/install",
                                "ghcr.io/acme"),
                        List.of("2 package/install: --charts needs a value", "package/install", "--charts"),
                        List.of(
                                "2 package/uninstall: there is no --all; see package/uninstall --help",
                                "package/uninstall",
                                "--all"))
                .map(use -> DynamicTest.dynamicTest(
                        String.join(" ", use.subList(1, use.size())),
                        () -> assertEquals(
                                use.getFirst(),
                                run(use.subList(1, use.size()).toArray(String[]::new))
                                        .strip())));
    }

    /** What a script prints; after its exit code if that is not 0. */
    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        return code == 0 ? printed : code + " " + printed;
    }
}
