package io.functionenvironment.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void undoDeletesOnlyWhatQuickstartHasCreatedAndListsWhatStays(@TempDir Path programs) throws Exception {
        program(programs, "kubectl", """
                case "$*" in
                  *jsonpath=*) what=${*##*data.}; case " $CREATED " in *" ${what%\\}} "*) printf created ;; esac ;;
                  "get crd"*) echo customresourcedefinition/usages.protection.crossplane.io; echo customresourcedefinition/other ;;
                esac
                """);
        for (var name : List.of("kind", "docker", "helm")) {
            program(programs, name, "");
        }
        var kind = "  $ kind delete cluster --name environments";
        var registry = "  $ docker rm --force environments-registry";
        assertEquals(List.of(kind), deletions(programs, "cluster"));
        assertEquals(List.of(kind, registry), deletions(programs, "cluster registry"));
        var environment = List.of(
                "  $ kubectl delete --filename examples/hello/environment.yaml --ignore-not-found --timeout=5m",
                "  $ kubectl delete configmap function-environment-quickstart --namespace kube-system");
        assertEquals(environment, deletions(programs, ""));
        assertEquals(
                List.of(
                        environment.getFirst(),
                        "  $ kubectl delete namespace team-a --ignore-not-found",
                        "  $ helm uninstall crossplane --namespace crossplane-system --wait",
                        "  $ kubectl delete namespace crossplane-system --ignore-not-found",
                        "  customresourcedefinition/usages.protection.crossplane.io",
                        environment.getLast(),
                        registry),
                deletions(programs, "namespace crossplane registry"));
    }

    private static void program(Path folder, String name, String script) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
        assertTrue(file.toFile().setExecutable(true));
    }

    /** What --undo deletes after quickstart has created this, and what it lists. */
    private static List<String> deletions(Path programs, String created) throws IOException, InterruptedException {
        var path = programs + File.pathSeparator + System.getenv("PATH");
        return run(Map.of("PATH", path, "CREATED", created), "./quickstart", "--undo", "--yes")
                .lines()
                .filter(line -> line.matches("  (?:\\$ \\w+ (?:delete|uninstall|rm) .*|custom.*)"))
                .toList();
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
        return run(Map.of(), command);
    }

    private static String run(Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        return code == 0 ? printed : code + " " + printed;
    }
}
