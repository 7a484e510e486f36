package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Yaml;
import io.functionenvironment.server.ServerFlag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit status of each command. */
class MainTest {
    private static final String HELLO = "examples/hello/environment.yaml";
    private static final List<String> COMMANDS =
            List.of("preview", "plan", "validate", "catalog", "serve", "completion", "version", "help");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private int run(String... arguments) {
        out.reset();
        err.reset();
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
    void helpListsEveryCommandAndExitStatus() {
        assertEquals(0, run("--help"));
        for (var command : COMMANDS) {
            assertTrue(out().contains("\n  " + command + " "), out());
        }
        assertTrue(out().contains("\n  2   invalid usage, or a file that cannot be read\n"), out());
        var help = out();
        for (var arguments : List.of("-h", "help")) {
            assertEquals(0, run(arguments));
            assertEquals(help, out());
        }
        assertEquals(0, run());
        assertEquals(help, out());
    }

    @Test
    void theVersionIsPrintedByACommandAndAnOption() {
        assertEquals(0, run("--version"));
        var version = out();
        assertTrue(version.startsWith("function-environment "), version);
        assertEquals(0, run("version"));
        assertEquals(version, out());
    }

    @Test
    void theHelpOfACommandListsItsOptions() {
        helpHas("preview", Stream.of("--settings", "--chart", "--from", "--fail", "--until", "-o", "ENVIRONMENT.yaml"));
        helpHas(
                "plan",
                Stream.of("NAMESPACE/NAME", "--environment", "--settings", "--all", "--state", "--kubeconfig", "-o"));
        helpHas("validate", Stream.of("FILE...", "--chart", "--vcluster-chart"));
        helpHas("catalog", Stream.of("FILE...", "--out", "--settings", "--example"));
        helpHas("serve", Stream.of(ServerFlag.values()).map(ServerFlag::flag));
        helpHas("completion", Stream.of("bash or zsh"));
    }

    @Test
    void theHelpOfAPreviewSaysWhyThereAreMoreCallsThanReconciliations() {
        assertEquals(0, run("help", "preview"));
        assertTrue(
                out().replaceAll("\\s+", " ")
                        .contains("stop after N reconciliations; the first of them calls the function twice"),
                out());
        assertEquals(0, run("preview", HELLO, "--until", "3"));
        assertTrue(out().contains(", 4 calls of the function"), out());
    }

    private void helpHas(String command, Stream<String> expected) {
        assertEquals(0, run("help", command));
        var help = out();
        expected.forEach(each -> assertTrue(help.contains(each), each));
        for (var flag : List.of("--help", "-h")) {
            assertEquals(0, run(command, flag));
            assertEquals(help, out());
        }
        assertEquals("", err());
    }

    @Test
    void helpHasNoColoursWithoutATerminal() {
        run("--help");
        assertFalse(out().contains("\u001b"), out());
    }

    @Test
    void versionIsPrinted() {
        assertEquals(0, run("--version"));
        assertTrue(out().startsWith("function-environment "), out());
    }

    @Test
    void bothShellsGetACompletionScriptForAllCommands() {
        assertEquals(0, run("completion", "bash"));
        var script = out();
        assertTrue(script.contains("complete -F _complete_environment -o default environment"), script);
        for (var word : List.of("'--settings'", "'--insecure'", "\"text\" \"yaml\"", "\"bash\" \"zsh\"")) {
            assertTrue(script.contains(word), word);
        }
        assertEquals(0, run("completion", "zsh"));
        assertEquals(script, out());
    }

    @Test
    void statusIsZeroIfAnEnvironmentBecomesReady() {
        assertEquals(0, run("preview", HELLO));
        assertTrue(out().contains("\nReady after "), out());
        assertEquals("", err());
    }

    @Test
    void statusIsOneIfAnEnvironmentDoesNotBecomeReady() {
        assertEquals(1, run("preview", HELLO, "--fail", "podinfo"));
        assertTrue(out().contains("\nNot ready"), out());
        assertTrue(out().contains("\n  AppsReady: "), out());
    }

    @Test
    void yamlOutputContainsOnlyYaml() {
        for (var arguments : List.of(List.of("-o", "yaml"), List.of("-o=yaml"))) {
            assertEquals(
                    0,
                    run(Stream.concat(Stream.of("preview", HELLO), arguments.stream())
                            .toArray(String[]::new)));
            assertEquals(5, Yaml.documents(out()).size());
            assertEquals("", err());
        }
    }

    @Test
    void aPreviewUsesSettingsOfAPipelineStep() throws IOException {
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
    void aPreviewThatIsStoppedEarlySucceeds() {
        assertEquals(0, run("preview", HELLO, "--until", "1"));
        assertTrue(out().contains("\nStopped as requested, not ready ("), out());
    }

    @Test
    void aChangeOfAnEnvironmentIsPreviewed() throws IOException {
        var text = Files.readString(Path.of(HELLO));
        var larger = file("larger.yaml", text.replace("size: small", "size: medium"));
        assertEquals(0, run("preview", larger, "--from", HELLO));
        assertTrue(
                out().matches("(?s)\\+0s     ~ cluster       spec\\.forProvider\\.values\\..* and [0-9]+ more\n.*"),
                out());
        assertTrue(out().contains("Ready after "), out());
        var none = file("none.yaml", text.replaceFirst("(?s)  apps:.*", ""));
        assertEquals(0, run("preview", none, "--from", HELLO));
        assertTrue(out().contains(" - app-podinfo"), out());
        var other = file("other.yaml", text.replace("name: dev", "name: other"));
        assertEquals(1, run("preview", other, "--from", HELLO));
        assertEquals(
                "--from: " + HELLO + " must contain one Environment, with the same kind, namespace and name\n", err());
    }

    @Test
    void aPreviewTakesOneEnvironmentConfig() {
        var settings = "examples/platform/settings.yaml";
        assertEquals(1, run("preview", HELLO, "--settings", settings, "--settings", settings));
        assertEquals(
                "--settings: contains 2 EnvironmentConfigs and 0 Settings; must contain at most one of each\n", err());
    }

    @Test
    void anErrorInAnEnvironmentIsReportedWithFileAndPath() {
        assertEquals(1, run("preview", "examples/rejected/app-twice.yaml"));
        assertTrue(err().startsWith("examples/rejected/app-twice.yaml: spec.apps[1]: "), err());
        assertEquals("", out());
    }

    @Test
    void validateReportsAllErrorsOfAllFiles() {
        var good = "examples/platform/settings.yaml";
        assertEquals(
                1,
                run(
                        "validate",
                        HELLO,
                        good,
                        "examples/rejected/set-both.yaml",
                        "examples/rejected-settings/storage-unit.yaml"));
        assertEquals(
                HELLO + ": is valid\n" + good + ": is valid\n",
                out().replace(" (not checked with Settings; use --settings)", ""));
        assertTrue(err().contains("examples/rejected/set-both.yaml: spec.apps[0].set[0]: "), err());
        assertTrue(err().contains("examples/rejected-settings/storage-unit.yaml: Settings spec.sizes."), err());
    }

    @Test
    void anEnvironmentIsValidatedWithSettings() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  catalog: {web: {chart: {repository: https://charts.example.org, name: web, version: 1.0.0}}}
                  apps: [{name: web}]
                """);
        var environment = file("environment.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec: {size: xl, apps: [{name: a, catalog: nosuch}, {name: b, catalog: web, dependsOn: [c]}]}
                """);
        for (var arguments : List.of(List.of(environment, settings), List.of(environment, "--settings", settings))) {
            var all = Stream.concat(Stream.of("validate"), arguments.stream()).toArray(String[]::new);
            assertEquals(1, run(all));
            assertEquals(
                    List.of("spec.size", "spec.apps[0].catalog", "spec.apps[1].dependsOn[0]"),
                    err().lines()
                            .map(line -> line.replaceFirst(".*yaml: ([^:]*):.*", "$1"))
                            .sorted(java.util.Comparator.comparing((String path) -> !path.equals("spec.size")))
                            .toList());
        }
    }

    @Test
    void settingsAreValidatedForAnyEnvironment() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: acme-settings}
                data:
                  apps: [{name: nosuch}, {name: podinfo, dependsOn: [missing]}]
                """);
        assertEquals(1, run("validate", settings));
        assertEquals(
                List.of(
                        "warning: metadata.name is \"acme-settings\"; the shipped Composition reads the EnvironmentConfig"
                                + " environment-settings",
                        "EnvironmentConfig data.apps[0].name: is \"nosuch\", but the catalog has no entry of this name; set catalog"
                                + " to one of podinfo, or set chart with repository, name and version",
                        "EnvironmentConfig data.apps[1].dependsOn[0]: is \"missing\", but nothing with this name is requested; use"
                                + " one of nosuch, or remove it"),
                err().lines().map(line -> line.replace(settings + ": ", "")).toList());
    }

    @Test
    void theRulesThatApplyToWhomAreShown() {
        var settings = "examples/teams/settings.yaml";
        assertEquals(0, run("validate", "examples/teams", HELLO), err());
        assertEquals(
                List.of(
                        "examples/teams/environment.yaml: is valid (with the rules of team payments)",
                        "examples/teams/settings.yaml: is valid",
                        "examples/teams/settings.yaml: team payments-trial (payments-trial) has its own limits, sizes",
                        "examples/teams/settings.yaml: team payments (payments, payments-*) has its own catalog, limits, sizes",
                        HELLO + ": is valid (with the rules of all that are in no team)"),
                out().lines()
                        .map(line -> line.replaceFirst(" \\(values of .*", ""))
                        .toList());
        assertEquals(0, run("preview", "examples/teams/environment.yaml", "--settings", settings), err());
        assertTrue(out().endsWith("With the rules of team payments.\n"), out());
        assertEquals(0, run("preview", HELLO, "--settings", settings), err());
        assertTrue(out().endsWith("With the rules of all that are in no team.\n"), out());
    }

    @Test
    void ofTwoTeamsWithANamespaceTheFirstOneCountsAndAnotherOrderIsRefused() throws IOException {
        var environment = file("trial.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: payments-trial}
                spec: {size: small, apps: [{name: podinfo}]}
                """);
        var settings = "examples/teams/settings.yaml";
        assertEquals(0, run("validate", environment, "--settings", settings), err());
        assertTrue(out().startsWith(environment + ": is valid (with the rules of team payments-trial)"), out());
        assertEquals(0, run("preview", environment, "--settings", settings), err());
        assertTrue(out().endsWith("With the rules of team payments-trial.\n"), out());
        var reversed = file("reversed.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  teams:
                  - {name: payments, namespaces: [payments-*], settings: {}}
                  - {name: payments-trial, namespaces: [payments-trial], settings: {}}
                """);
        for (var command : List.of("validate", "preview")) {
            assertEquals(1, run(command, environment, "--settings", reversed));
            assertEquals(
                    reversed
                            + ": EnvironmentConfig data.teams[1].namespaces[0]: is \"payments-trial\", but \"payments-*\" of team"
                            + " payments stands for it already, and the first one counts; remove it, or put it before that"
                            + " one\n",
                    err());
        }
    }

    @Test
    void everyTeamsRulesAreValidatedForAnyEnvironment() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  apps:
                  - name: agent
                    catalog: podinfo
                  teams:
                  - name: all-with-a
                    namespaces: ["a*"]
                    settings: {}
                  - name: trial
                    namespaces: ["trial-*"]
                    settings:
                      catalog:
                        podinfo: null
                """);
        assertEquals(1, run("validate", settings));
        assertEquals(
                List.of(settings
                        + ": EnvironmentConfig data.teams[1].settings.apps[0].catalog: is \"podinfo\", but the catalog has no"
                        + " entry of this name; set chart with repository, name and version"),
                err().lines().toList());
    }

    @Test
    void aFailureOfAnAppThatOnlyATeamHasIsPreviewed() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: environment.fn.crossplane.io/v1beta1
                kind: Settings
                spec:
                  teams:
                  - name: a
                    namespaces: ["team-*"]
                    settings:
                      apps:
                      - name: agent
                        catalog: podinfo
                """);
        assertEquals(1, run("preview", HELLO, "--settings", settings, "--fail", "agent"));
        assertTrue(out().contains("! app-agent"), out());
    }

    @Test
    void anAppIsPreviewedWithTheValuesOfOtherResources() {
        var folder = "examples/values-from-resource/";
        var command = List.of("preview", folder + "environment.yaml", "--settings", folder + "settings.yaml");
        assertEquals(1, run(command.toArray(String[]::new)));
        assertTrue(
                out().contains("waits for status.endpoints[0].host of Database orders, which does not exist"), out());
        var resource = List.of("--resource", folder + "required.yaml", "-o", "yaml");
        assertEquals(0, run(Stream.concat(command.stream(), resource.stream()).toArray(String[]::new)), err());
        assertTrue(out().contains("""
                    values:
                      database:
                        host: orders.db.example.org
                        name: orders
                        port: 5432
                """), out());
    }

    @Test
    void manifestsAreValidatedWithAndWithoutSettings() throws IOException {
        var environment = file("environment.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec:
                  manifests:
                  - name: a
                    manifest: {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: default}}
                  - name: b
                    manifest: {apiVersion: v1, kind: Service, metadata: {name: b}}
                """);
        var errors = List.of("spec.manifests[0].manifest.kind", "spec.manifests[1].manifest.metadata.namespace");
        assertEquals(1, run("validate", environment));
        assertEquals(errors, err().lines().map(line -> line.split(": ", 3)[1]).toList());
        var settings = file("settings.yaml", """
                apiVersion: environment.fn.crossplane.io/v1beta1
                kind: Settings
                spec: {manifests: {kinds: [ConfigMap]}}
                """);
        assertEquals(1, run("validate", environment, "--settings", settings));
        assertEquals(errors, err().lines().map(line -> line.split(": ", 3)[1]).toList());
        var good = file("good.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec:
                  manifests:
                  - name: b
                    manifest: {apiVersion: v1, kind: Service, metadata: {name: b, namespace: default}}
                """);
        assertEquals(0, run("validate", good));
        assertEquals(1, run("validate", good, "--settings", settings));
        assertTrue(err().contains("spec.manifests[0].manifest.kind: is Service"), err());
    }

    @Test
    void settingsThatRequireAnEnvironmentConfigAreValid() throws IOException {
        var input = file(
                "input.yaml",
                "apiVersion: environment.fn.crossplane.io/v1beta1\nkind: Settings\nspec: {requireEnvironmentConfig: true}\n");
        assertEquals(0, run("validate", input));
        var bad = file(
                "bad.yaml",
                "apiVersion: platform.internal/v1beta1\nkind: Environment\nmetadata: {name: a}\nspec: {size: nosuch}\n");
        assertEquals(1, run("validate", bad, "--settings", input));
        assertEquals(
                bad + ": warning: metadata.namespace is missing: kubectl uses the namespace of the context\n" + bad
                        + ": spec.size: is \"nosuch\"; must be one of large, medium, small\n",
                err());
        assertEquals(0, run("validate", bad));
        assertEquals(bad + ": is valid (not checked with Settings; use --settings)\n", out());
    }

    @Test
    void valuesForTheVclusterChartAreCheckedAgainstItsSchema() throws IOException, InterruptedException {
        var schema = """
                {"type": "object", "additionalProperties": false, "properties": {"controlPlane": {"$ref": "#/$defs/Plane"}},
                 "$defs": {
                   "Plane": {"type": "object", "additionalProperties": false, "properties": {
                     "distro": {"type": "object", "additionalProperties": false, "properties": {"k8s": {"type": "object"}}},
                     "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                     "hosts": {"type": "array", "items": {"type": "string"}}}}}}
                """;
        Files.createDirectory(folder.resolve("chart"));
        file("chart/values.schema.json", schema);
        var archive = folder.resolve("chart.tgz").toString();
        new ProcessBuilder("tar", "czf", archive, "-C", folder.toString(), "chart")
                .start()
                .waitFor();
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  vcluster:
                    values:
                      controlPlane: {distro: {k3s: {enabled: true}}, labels: {a: 1}, hosts: [x, 2]}
                """);
        var base = settings + ": EnvironmentConfig data.vcluster.values.controlPlane";
        for (var chart : List.of(folder.resolve("chart").toString(), archive)) {
            assertEquals(1, run("validate", settings, "--vcluster-chart", chart));
            assertEquals(
                    List.of(
                            base + ".distro.k3s: is not a value of the chart; known here are k8s",
                            base + ".hosts[1]: is a number; must be of type string in the chart",
                            base + ".labels.a: is a number; must be of type string in the chart"),
                    err().lines().filter(line -> line.contains("the chart")).toList());
        }
        assertEquals(2, run("validate", settings, "--vcluster-chart", "nowhere"));
    }

    @Test
    void everyErrorOfAKindThatIsMeantToBeAnEnvironmentOrSettingsIsNamed() throws IOException {
        assertInvalid(
                "kind: is \"Enviroment\"; must be Environment",
                "apiVersion: platform.internal/v1beta1\nkind: Enviroment");
        assertInvalid(
                "apiVersion: is \"platform.internal/v1\"; must be platform.internal/v1beta1",
                "apiVersion: platform.internal/v1\nkind: Environment");
        assertInvalid(
                "spec: is an unknown field; EnvironmentConfig has its content below data; move what is below spec to data",
                "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nspec: {}");
        assertInvalid(
                "data: is an unknown field; Settings has its content below spec; move what is below data to spec",
                "apiVersion: environment.fn.crossplane.io/v1beta1\nkind: Settings\ndata: {}");
        assertInvalid("contains no Environment or Settings, but Deployment", "apiVersion: apps/v1\nkind: Deployment");
        assertInvalid(
                "contains no Environment or Settings, but SealedSecret",
                "apiVersion: bitnami.com/v1\nkind: SealedSecret");
        assertInvalid(
                "is not valid YAML: line 3, column 1: duplicate key \"kind\"",
                "apiVersion: platform.internal/v1beta1\nkind: Environment\nkind: Environment");
    }

    private void assertInvalid(String expected, String text) throws IOException {
        var file = file("one.yaml", text + "\nmetadata: {name: environment-settings, namespace: team-a}\n");
        assertTrue(run("validate", file) > 0);
        assertEquals(file + ": " + expected, err().lines().findFirst().orElse(""));
    }

    @Test
    void whatTheApiServerRefusesOfEveryObjectIsAnError() throws IOException {
        var file = file("environment.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata:
                  name: a..b
                  namespace: team-a
                  lables: {}
                  labels: {a: 1, b: -x, a..b/c: x, example.org/team: a}
                  annotations: {Example.org/Note: any text, /x: text, count: 3}
                Spec: {}
                foo: 1
                spec: {}
                status: {}
                """);
        for (var command : List.of("validate", "preview")) {
            assertEquals(1, run(command, file));
            assertEquals(
                    List.of(
                            "Spec",
                            "foo",
                            "metadata.annotations",
                            "metadata.annotations.count",
                            "metadata.labels",
                            "metadata.labels.a",
                            "metadata.labels.b",
                            "metadata.lables",
                            "metadata.name"),
                    err().lines()
                            .map(line -> line.replace(file + ": ", "").replaceFirst(": .*", ""))
                            .sorted()
                            .toList());
        }
        for (var name : List.of("a.-b", "a-.b", ".a", "a.")) {
            var text = "apiVersion: platform.internal/v1beta1\nkind: Environment\nmetadata: {name: " + name
                    + ", namespace: team-a}\n";
            assertEquals(1, run("validate", file("name.yaml", text)), name);
        }
    }

    @Test
    void anEnvironmentWithoutANamespaceIsValidWithAWarning() throws IOException {
        var file = file(
                "environment.yaml",
                "apiVersion: platform.internal/v1beta1\nkind: Environment\nmetadata: {name: a.b}\n");
        for (var command : List.of("validate", "preview")) {
            assertEquals(0, run(command, file));
            assertEquals(
                    file + ": warning: metadata.namespace is missing: kubectl uses the namespace of the context\n",
                    err());
        }
    }

    @Test
    void filesWithoutEnvironmentsInADirectoryAreLeftOut() throws IOException {
        Files.createDirectory(folder.resolve("all"));
        file("all/environment.yaml", Files.readString(Path.of(HELLO)));
        file("all/values.yaml", "replicaCount: 1");
        file("all/list.yaml", "- a");
        file("all/template.yaml", "a: {{ .Values.a }}: b");
        assertEquals(0, run("validate", folder.resolve("all").toString()));
        assertEquals(1, out().lines().count());
    }

    @Test
    void settingsWithoutTheSizeSmallAreValid() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data: {sizes: {small: null}}
                """);
        assertEquals(0, run("validate", settings));
    }

    @Test
    void aFailureIsPreviewedInAChange() throws IOException {
        var larger = file(
                "larger.yaml",
                Files.readString(Path.of(HELLO)).replace("- name: podinfo", "- name: podinfo\n    values: {a: 1}"));
        assertEquals(1, run("preview", larger, "--from", HELLO, "--fail", "podinfo=broken"));
        assertTrue(out().contains("! app-podinfo"), out());
        assertEquals(2, run("preview", HELLO, "--from", "nowhere.yaml"));
    }

    @Test
    void otherObjectsBesideAnEnvironmentAreLeftOut() throws IOException {
        var text = """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: values}
                spec: {refreshInterval: 1h}
                ---
                apiVersion: acme.example.org/v1
                kind: Anything
                ---
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Secret, metadata: {name: values}}
                - apiVersion: platform.internal/v1beta1
                  kind: Environment
                  metadata: {generateName: dev-}
                """;
        var file = file("all.yaml", text);
        assertEquals(0, run("validate", file));
        assertEquals(0, run("preview", file));
        assertTrue(out().contains("env-default-dev-00"), out());
    }

    @Test
    void aDirectoryIsValidatedFileByFile() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        file("sub/bad.yml", "a: [");
        file("sub/good.yaml", Files.readString(Path.of(HELLO)));
        file("sub/README.md", "# nothing");
        assertEquals(2, run("validate", folder.resolve("sub").toString()));
        assertTrue(err().contains("bad.yml: is not valid YAML"), err());
        assertTrue(out().contains("good.yaml: is valid"), out());
    }

    @Test
    void validateSaysThatItHasNotCheckedValuesForTheVclusterChart() throws IOException {
        var settings = """
                apiVersion: environment.fn.crossplane.io/v1beta1
                kind: Settings
                spec: {vcluster: {values: {controlPlane: {distro: {k3s: {enabled: true}}}}}}
                """;
        var file = file("settings.yaml", settings);
        assertEquals(0, run("validate", file));
        assertEquals(file + ": is valid (values for the vcluster chart not checked; use --vcluster-chart)\n", out());
    }

    @Test
    void aPreviewOfAnEnvironmentThatIsPartlyRefusedFails() throws IOException {
        var text = Files.readString(Path.of(HELLO)).replace("- name: podinfo", "- name: podinfo\n  - name: nosuch");
        var file = file("partly.yaml", text);
        assertEquals(1, run("preview", file));
        assertTrue(out().contains("\n  Accepted: spec.apps[1].name: is \"nosuch\""), out());
        assertEquals(1, run("preview", file, "-o=yaml"));
        assertTrue(err().startsWith("Accepted: spec.apps[1].name: is \"nosuch\""), err());
    }

    @Test
    void aFileOfTheOptionSettingsThatIsAnEnvironmentIsRefused() {
        assertEquals(2, run("preview", HELLO, "--settings", HELLO));
        assertEquals(
                "--settings: " + HELLO
                        + " contains the kind Environment; it must contain an EnvironmentConfig or Settings\n",
                err());
    }

    @Test
    void composedResourcesAreAListInJson() {
        assertEquals(0, run("preview", HELLO, "-o", "json"));
        assertTrue(out().startsWith("{\n  \"apiVersion\" : \"v1\",\n  \"kind\" : \"List\","), out());
    }

    @Test
    void statusIsZeroIfAllFilesAreValid() {
        assertEquals(0, run("validate", HELLO));
    }

    @Test
    void aFileThatIsNotYamlIsReported() throws IOException {
        var file = file("bad.yaml", "a: [");
        assertEquals(2, run("preview", file));
        assertTrue(err().startsWith(file + ": is not valid YAML: "), err());
    }

    @Test
    void aMissingFileIsReported() {
        assertEquals(2, run("validate", "nowhere.yaml"));
        assertEquals("nowhere.yaml: no such file\n", err());
        assertEquals(2, run("preview", "nowhere.yaml"));
        assertEquals("nowhere.yaml: no such file\n", err());
    }

    @Test
    void aFileThatIsNotUtf8IsReportedWithItsLine() throws IOException {
        for (var each : Map.of(
                        StandardCharsets.ISO_8859_1, "line 2 is not UTF-8; save the file as UTF-8",
                        StandardCharsets.UTF_16, "is not UTF-8, but UTF-16; save it as UTF-8")
                .entrySet()) {
            var file = file("encoded.yaml", "");
            Files.write(Path.of(file), "a: 1\nb: é\n".getBytes(each.getKey()));
            for (var command : List.of("validate", "preview")) {
                assertEquals(2, run(command, file));
                assertEquals(file + ": " + each.getValue() + "\n", err());
            }
        }
    }

    @Test
    void aKeyThatIsReadAsABooleanIsNamedInTheError() throws IOException {
        var file = file("keys.yaml", Files.readString(Path.of(HELLO)) + "  n: 1\n  \"true\": 1\n");
        assertEquals(1, run("validate", file));
        var lines = err().lines().toList();
        assertTrue(lines.get(0).startsWith(file + ": spec.false: is an unknown field"), err());
        assertTrue(lines.get(0).endsWith(" (`n` is read as false; quote it)"), err());
        assertTrue(
                lines.get(1).startsWith(file + ": spec.true: ") && !lines.get(1).contains("quote"), err());
        assertEquals(1, run("preview", file));
        assertTrue(err().contains("(`n` is read as false; quote it)"), err());
    }

    @Test
    void anArgumentThatStartsWithAnAtSignIsAFile() {
        assertEquals(2, run("preview", "@nowhere"));
        assertEquals("@nowhere: no such file\n", err());
    }

    @Test
    void aPreviewNeedsOneEnvironment() throws IOException {
        assertEquals(1, run("preview", "examples/platform/settings.yaml"));
        assertTrue(err().contains("contains 0 Environments; it must contain one"), err());
        assertEquals(2, run("preview", file("map.yaml", "apiVersion: v1\nkind: ConfigMap\n")));
        assertTrue(err().contains("contains no Environment or Settings"), err());
    }

    @Test
    void invalidUsageIsReportedWithTheArgumentAndTheAllowedValues() {
        usage(
                "unknown command \"destroy\"; the commands are preview, plan, validate, catalog, serve, completion, version, help",
                "destroy");
        usage(
                "COMMAND is \"destroy\"; must be one of preview, plan, validate, catalog, serve, completion, version, help",
                "help",
                "destroy");
        usage("ENVIRONMENT.yaml is missing", "preview");
        usage("FILE is missing", "validate");
        usage("SHELL is missing", "completion");
        usage("SHELL is \"fish\"; must be bash or zsh", "completion", "fish");
        usage(
                "unknown option --nope; the options are --help, --settings, --chart, --from, --resource, --fail, --until, -o",
                "preview",
                HELLO,
                "--nope");
        usage("--settings needs a value: FILE", "preview", HELLO, "--settings");
        usage("--settings needs a value: FILE", "preview", HELLO, "--settings", "--fail", "podinfo");
        usage("-o is \"xml\"; must be one of text, yaml, json, svg", "preview", HELLO, "-o", "xml");
        usage("--until is \"soon\"; must be a whole number from 1 to 99999", "preview", HELLO, "--until", "soon");
        usage("--until is \"0\"; must be a whole number from 1 to 99999", "preview", HELLO, "--until=0");
        usage("--until is \"\"; must be a whole number from 1 to 99999", "preview", HELLO, "--until=");
        usage("--fail is \"x\"; must be one of cluster, podinfo", "preview", HELLO, "--fail", "x=y");
        usage(
                "unexpected argument \"" + HELLO + "\"; this command takes one ENVIRONMENT.yaml",
                "preview",
                HELLO,
                HELLO);
        usage("-o can be given only once", "preview", HELLO, "-o", "yaml", "-o", "text");
    }

    private void usage(String expected, String... arguments) {
        assertEquals(2, run(arguments));
        assertEquals(expected, err().lines().findFirst().orElse(""));
        assertTrue(err().lines().anyMatch(line -> line.matches("Run \"environment.* --help\" for help\\.")), err());
        assertEquals("", out());
    }

    @Test
    void invalidFlagsOfTheServerAreReportedInTheSameWay() {
        usage(
                "unknown option --port=1; the options are --help, --address, --tls-certs-dir, --insecure, --metrics-address,"
                        + " --max-recv-message-size, --debug, --require-environment-config, --clock",
                "serve",
                "--port=1");
        usage("unexpected argument \"x\"; this command has only options", "serve", "x");
        usage("--address needs a value: HOST:PORT", "serve", "--address", "--insecure");
        assertEquals(2, run("serve", "--insecure", "--address", "9443", "--clock=noon"));
        assertTrue(err().contains("--address is \"9443\"; must be host:port, "), err());
        assertTrue(err().contains("--clock is \"noon\"; must be a time such as "), err());
    }
}
