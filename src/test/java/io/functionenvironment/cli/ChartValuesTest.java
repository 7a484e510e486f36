package io.functionenvironment.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code validate} and {@code preview} check the values of apps against the schemas of their charts. */
class ChartValuesTest {
    private static final String SCHEMA = """
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": false,
             "required": ["host"],
             "properties": {
               "host": {"type": "string", "minLength": 3},
               "replicas": {"type": "integer", "minimum": 1},
               "password": {"type": "string", "pattern": "^[a-z]+$"},
               "level": {"enum": ["info", "debug"]},
               "port": {"anyOf": [{"type": "integer", "minimum": 1024}, {"type": "string"}]},
               "hosts": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
               "image": {"$ref": "#/definitions/Image"}},
             "definitions": {"Image": {"type": "object", "additionalProperties": false, "required": ["tag"],
               "properties": {"tag": {"type": "string"}, "pull": {"type": ["string", "null"]}}}}}
            """;

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

    /** The messages without the name of the file. */
    private List<String> messages() {
        return err().lines().map(line -> line.replace(folder + "/", "")).toList();
    }

    private String file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** A chart in a directory. */
    private String chart(String name, String version, String values, Optional<String> schema) throws IOException {
        file(name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: " + version + "\n");
        file(name + "/values.yaml", values);
        if (schema.isPresent()) {
            file(name + "/values.schema.json", schema.get());
        }
        return folder.resolve(name).toString();
    }

    private String web(String values) throws IOException {
        return chart("web", "1.2.0", values, Optional.of(SCHEMA));
    }

    /** Settings with a catalog entry for the chart web. */
    private String settings(String entry) throws IOException {
        return file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  catalog:
                    web:
                      chart: {repository: https://charts.example.org, name: web, version: 1.2.0}
                """ + entry.indent(6));
    }

    private String environment(String app) throws IOException {
        return file("environment.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec:
                  size: small
                  apps:
                  - name: web
                """ + app.indent(4));
    }

    @Test
    void anErrorNamesTheFieldThatHasTheValueAndWhatTheChartWants() throws IOException {
        var environment = environment("""
                values: {replicas: two, level: trace, port: 80, hosts: [{name: a}, {name: 1}], image: {tagg: x}}
                set: [{name: nosuch.key, value: x}]
                """);
        var settings = settings("""
                values: {password: "NOT-SHOWN", image: {pull: 1}}
                environmentValues: [{name: host, value: x<size>}]
                """);
        var chart = web("image: {tag: latest}");
        for (var command : List.of("validate", "preview")) {
            assertEquals(1, run(command, environment, "--settings", settings, "--chart", chart));
            assertEquals(
                    List.of(
                            "environment.yaml: spec.apps[0].values.hosts[1].name: is a number; must be of type string in the chart",
                            "settings.yaml: EnvironmentConfig data.catalog.web.values.image.pull: is a number; must be of type string or"
                                    + " null in the chart",
                            "environment.yaml: spec.apps[0].values.image.tagg: is not a value of the chart; known here are pull, tag",
                            "environment.yaml: spec.apps[0].values.level: must be one of info, debug in the chart",
                            "environment.yaml: spec.apps[0].set[0]: is not a value of the chart; known here are host, hosts, image,"
                                    + " level, password, port, replicas",
                            "settings.yaml: EnvironmentConfig data.catalog.web.values.password: must match the pattern ^[a-z]+$ in the"
                                    + " chart",
                            "environment.yaml: spec.apps[0].values.port: must be at least 1024, or be of type string in the chart",
                            "environment.yaml: spec.apps[0].values.replicas: is a string; must be of type integer in the chart"),
                    messages());
        }
    }

    @Test
    void theValuesAreThoseOfTheReleaseOverThoseOfTheChart() throws IOException {
        var settings = settings("values: {replicas: many, host: web}");
        var chart = web("image: {tag: latest}\nreplicas: 1");
        assertEquals(
                0,
                run("validate", environment("values: {replicas: 2}"), "--settings", settings, "--chart", chart),
                err());
        assertEquals(
                0,
                run(
                        "preview",
                        environment("set: [{name: replicas, value: '2'}]"),
                        "--settings",
                        settings,
                        "--chart",
                        chart),
                err());
        assertEquals(1, run("validate", environment("dependsOn: []"), "--settings", settings, "--chart", chart));
    }

    @Test
    void aNullRemovesWhatTheChartHas() throws IOException {
        var chart = web("host: example.org\nimage: {tag: latest}");
        var settings = settings("values: {}");
        assertEquals(
                0,
                run("validate", environment("values: {level: null}"), "--settings", settings, "--chart", chart),
                err());
        assertEquals(
                1,
                run("validate", environment("values: {image: {tag: null}}"), "--settings", settings, "--chart", chart));
        assertEquals(
                List.of("environment.yaml: spec.apps[0].values.image.tag: is missing; the chart requires it"),
                messages());
    }

    @Test
    void whatASecretMayHaveIsNotMissing() throws IOException {
        var chart = web("image: {tag: latest}");
        var settings = settings("values: {}");
        assertEquals(1, run("validate", environment("values: {}"), "--settings", settings, "--chart", chart));
        assertEquals(
                List.of("environment.yaml: spec.apps[0].values.host: is missing; the chart requires it"), messages());
        assertEquals(
                0,
                run(
                        "validate",
                        environment("set: [{name: host, value: web}]"),
                        "--settings",
                        settings,
                        "--chart",
                        chart),
                err());
        for (var reference : List.of(
                "valuesFrom: [{secretKeyRef: {name: web, key: values.yaml}}]",
                "set: [{name: host, valueFrom: {secretKeyRef: {name: web, key: host}}}]")) {
            for (var command : List.of("validate", "preview")) {
                assertEquals(0, run(command, environment(reference), "--settings", settings, "--chart", chart), err());
                assertEquals(
                        List.of(
                                "environment.yaml: spec.apps[0].values.host: is not checked: the chart requires it, and valuesFrom"
                                        + " or set may supply it"),
                        messages());
            }
        }
    }

    @Test
    void aValueThatNoSecretReplacesIsCheckedBesideSecrets() throws IOException {
        var chart = web("image: {tag: latest}\nhost: web");
        var settings = settings("values: {level: trace}");
        var environment = environment("""
                valuesFrom: [{secretKeyRef: {name: web, key: values.yaml}}]
                set: [{name: port, valueFrom: {secretKeyRef: {name: web, key: port}}}]
                values: {replicas: 0, port: 80}
                """);
        assertEquals(1, run("validate", environment, "--settings", settings, "--chart", chart));
        assertEquals(
                List.of("environment.yaml: spec.apps[0].values.replicas: must be at least 1 in the chart"), messages());
    }

    @Test
    void aChartWithoutASchemaIsNamedOnce() throws IOException {
        var chart = chart("web", "1.2.0", "", Optional.empty());
        var environment = environment("values: {a: 1}");
        Files.writeString(Path.of(environment), "  - {name: second, catalog: web}\n", StandardOpenOption.APPEND);
        var settings = settings("values: {}");
        for (var command : List.of("validate", "preview")) {
            assertEquals(0, run(command, environment, "--settings", settings, "--chart", chart), err());
            assertEquals(
                    List.of("the chart web 1.2.0 has no values.schema.json, so values for it are not checked"),
                    messages());
        }
    }

    @Test
    void appsWithoutAFileOfTheirChartAreNamed() throws IOException {
        var environment = environment("values: {a: 1}");
        var settings = settings("values: {}");
        assertEquals(0, run("validate", environment, "--settings", settings));
        assertEquals(environment + ": is valid (values of web (chart web 1.2.0) not checked; use --chart)\n", out());
        var other = chart("web", "1.3.0", "", Optional.of(SCHEMA));
        assertEquals(0, run("validate", environment, "--settings", settings, "--chart", other));
        assertTrue(out().contains("values of web (chart web 1.2.0) not checked"), out());
        assertEquals(0, run("preview", environment, "--settings", settings, "--chart", other));
        assertTrue(
                out().endsWith(
                                "\nNot checked: values of web (chart web 1.2.0), whether the charts can be pulled, Secrets and"
                                        + " ConfigMaps, images, what the apps use, and the room in the host cluster.\n"),
                out());
        assertEquals(0, run("preview", environment, "--settings", settings));
        assertTrue(out().contains("\nNot checked: charts and their values, Secrets"), out());
    }

    @Test
    void aChartIsADirectoryOrAnArchiveAndADirectoryMayHaveSeveralArchives() throws IOException, InterruptedException {
        web("");
        chart("other", "1.0.0", "", Optional.empty());
        var archives = Files.createDirectory(folder.resolve("archives"));
        for (var name : List.of("web", "other")) {
            var archive = archives.resolve(name + ".tgz").toString();
            assertEquals(
                    0,
                    new ProcessBuilder("tar", "czf", archive, "-C", folder.toString(), name)
                            .start()
                            .waitFor());
        }
        var environment = environment("values: {replicas: 1}");
        var settings = settings("values: {}");
        for (var chart : List.of(folder.resolve("web"), archives.resolve("web.tgz"), archives)) {
            assertEquals(1, run("validate", environment, "--settings", settings, "--chart", chart.toString()));
            assertTrue(err().contains("values.host: is missing; the chart requires it"), err());
        }
    }

    @Test
    void aFileThatIsNoChartIsAnError() throws IOException {
        var environment = environment("values: {}");
        file("empty/README.md", "");
        for (var chart : Stream.of("nowhere", "empty", "environment.yaml")
                .map(folder::resolve)
                .toList()) {
            for (var command : List.of("validate", "preview")) {
                assertEquals(2, run(command, environment, "--chart", chart.toString()));
                assertTrue(err().contains("--chart: cannot read " + chart + ": "), err());
            }
        }
    }

    @Test
    void anArchiveThatIsCutOffIsAnError() throws IOException, InterruptedException {
        web("");
        var archive = folder.resolve("web.tgz");
        assertEquals(
                0,
                new ProcessBuilder("tar", "czf", archive.toString(), "-C", folder.toString(), "web")
                        .start()
                        .waitFor());
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 100));
        assertEquals(2, run("validate", environment("values: {}"), "--chart", archive.toString()));
        assertEquals(List.of("--chart: cannot read web.tgz: it ends too early"), messages());
    }

    @Test
    void aSchemaThatCannotBeUsedIsNamed() throws IOException {
        var settings = settings("values: {}");
        var environment = environment("values: {a: 1}");
        for (var schema : List.of("{\"type\": 1}", "{\"$ref\": \"#/definitions/nosuch\"}", "[")) {
            var chart = chart("web", "1.2.0", "", Optional.of(schema));
            assertEquals(0, run("validate", environment, "--settings", settings, "--chart", chart), err());
            assertTrue(err().startsWith("the schema of the chart web 1.2.0 cannot be used: "), err());
        }
        var elsewhere =
                "{\"properties\": {\"a\": {\"type\": \"string\"}, \"b\": {\"$ref\": \"https://example.org/b.json\"}}}";
        var chart = chart("web", "1.2.0", "", Optional.of(elsewhere));
        assertEquals(1, run("validate", environment, "--settings", settings, "--chart", chart));
        assertTrue(err().contains("values.a: is a number; must be of type string in the chart"), err());
    }

    @Test
    void valuesOfAPlatformsAppAreErrorsInSettings() throws IOException {
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  apps:
                  - name: web
                    chart: {repository: https://charts.example.org, name: web, version: v1.2.0}
                    values: {replicas: many, host: web, image: {tag: x}}
                """);
        var environment = file("environment.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a}
                spec: {size: small}
                """);
        assertEquals(1, run("validate", environment, "--settings", settings, "--chart", web("")));
        assertEquals(
                List.of(
                        "settings.yaml: EnvironmentConfig data.apps[0].values.replicas: is a string; must be of type integer in the"
                                + " chart"),
                messages());
    }

    @Test
    void realChartsAreChecked() throws IOException {
        var charts = Optional.ofNullable(System.getenv("CHARTS")).map(Path::of);
        assumeTrue(charts.isPresent(), "the variable CHARTS is not set");
        var vcluster = charts.get().resolve("vcluster-0.36.1.tgz");
        assumeTrue(Files.exists(vcluster), vcluster + " does not exist");
        var settings = file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data:
                  vcluster: {values: {controlPlane: {distro: {k3s: {enabled: true}}, proxy: {port: "8443"}}}}
                  catalog:
                    web:
                      chart: {repository: https://charts.loft.sh, name: vcluster, version: 0.36.1}
                      values: {sync: {toHost: {pods: {enabled: true}}}}
                """);
        assertEquals(1, run("validate", settings, "--vcluster-chart", vcluster.toString()));
        assertEquals(
                List.of(
                        "settings.yaml: EnvironmentConfig data.vcluster.values.controlPlane.distro.k3s: is not a value of the chart;"
                                + " known here are k8s",
                        "settings.yaml: EnvironmentConfig data.vcluster.values.controlPlane.proxy.port: is a string; must be of type"
                                + " integer in the chart"),
                messages());
        var all = charts.get().toString();
        var good = environment("values: {controlPlane: {coredns: {enabled: false}}}");
        Files.writeString(Path.of(settings), Files.readString(Path.of(settings)).replaceFirst("  vcluster: .*\n", ""));
        assertEquals(0, run("validate", good, "--settings", settings, "--chart", all), err());
        assertFalse(out().contains("not checked"), out());
        var bad = environment("values: {controlPlane: {coredns: {enabled: maybe}}}");
        assertEquals(1, run("validate", bad, "--settings", settings, "--chart", all));
        assertTrue(
                err().contains(
                                "spec.apps[0].values.controlPlane.coredns.enabled: is a string; must be of type boolean"),
                err());
    }
}
