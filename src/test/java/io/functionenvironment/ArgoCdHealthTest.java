package io.functionenvironment;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/** The health that an Argo CD on the host shows of an Environment, by the script in the examples. */
class ArgoCdHealthTest {
    private static final Path CONFIG_MAP = Path.of("examples", "argocd-on-the-host", "argocd-cm-patch.yaml");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "argocd-health.txt");
    private static final String KEY = "resource.customizations.health.platform.internal_Environment";

    @Test
    void theHealthOfEveryExample() throws IOException {
        var health = examples().entrySet().stream()
                .map(example ->
                        example.getKey() + " " + health(example.getValue()).replaceFirst("(?s):.*", "") + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(GOLDEN, health);
        }
        assertEquals(Files.readString(GOLDEN), health);
    }

    @Test
    void theStatesThatOnlyCrossplaneReports() {
        var ready = environment(arr(condition("Synced", "True", ""), condition("Ready", "True", "Available")));
        var invalid = Merge.over(
                condition("Synced", "False", "ReconcileError"),
                obj("message", "pipeline step returned a fatal result"));
        var registration = Merge.over(
                condition("RegistrationReady", "False", "Failing"), obj("message", "Argo CD does not respond"));
        assertEquals(
                List.of(
                        "Progressing: Crossplane has not reconciled it yet.",
                        "Progressing: Crossplane has not reconciled it yet.",
                        "Healthy: One sentence.",
                        "Progressing: Crossplane has not seen the last change yet.",
                        "Degraded: pipeline step returned a fatal result",
                        "Suspended: Crossplane does not reconcile it: annotation crossplane.io/paused.",
                        "Progressing: It is being deleted.",
                        "Healthy: One sentence.",
                        "Progressing: One sentence."),
                Stream.of(
                                obj("metadata", obj("name", "dev")),
                                environment(arr()),
                                ready,
                                Merge.over(ready, obj("metadata", obj("generation", 8))),
                                environment(arr(invalid, condition("Ready", "True", "Available"))),
                                Merge.over(
                                        ready,
                                        obj("metadata", obj("annotations", obj("crossplane.io/paused", "true")))),
                                Merge.over(ready, obj("metadata", obj("deletionTimestamp", "2026-01-01T00:00:00Z"))),
                                environment(arr(
                                        condition("Synced", "True", ""),
                                        condition("Ready", "True", "Available"),
                                        registration)),
                                environment(arr(
                                        condition("Synced", "True", ""),
                                        condition("Ready", "False", "Creating"),
                                        condition("ClusterReady", "False", "Unreachable"),
                                        registration)))
                        .map(ArgoCdHealthTest::health)
                        .toList());
    }

    /** With the program {@code argocd}, if there is one: its Lua has fewer libraries than others. */
    @Test
    void argoCdItselfSaysTheSame(@TempDir Path folder) throws Exception {
        var program = System.getenv("ARGOCD");
        assumeTrue(program != null, "the variable ARGOCD does not name the program argocd");
        var differences = new ArrayList<String>();
        for (var example : examples().entrySet()) {
            var file = Files.writeString(folder.resolve("environment.yaml"), Yaml.text(example.getValue()));
            var process = new ProcessBuilder(
                            program,
                            "admin",
                            "settings",
                            "resource-overrides",
                            "health",
                            file.toString(),
                            "--argocd-cm-path",
                            CONFIG_MAP.toString())
                    .redirectErrorStream(true)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var expected = health(example.getValue());
            if (!printed.contains("STATUS: " + expected.replaceFirst("(?s):.*", "") + "\n")
                    || !printed.contains("MESSAGE: " + expected.replaceFirst("^\\w+: ", ""))) {
                differences.add(example.getKey() + ": " + expected + " and " + printed);
            }
        }
        assertEquals(List.of(), differences);
    }

    /** The examples, with the status that Crossplane writes after the response that is recorded. */
    private static Map<String, Json.Obj> examples() throws IOException {
        var examples = new LinkedHashMap<String, Json.Obj>();
        try (var files = Files.walk(Path.of("examples"))) {
            for (var golden : files.filter(file -> file.endsWith("response.yaml"))
                    .sorted((one, other) -> folder(one).compareTo(folder(other)))
                    .toList()) {
                var environment = Yaml.documents(Files.readString(golden.resolveSibling("environment.yaml")))
                        .getFirst();
                if (environment.text("kind").equals(Optional.of("Environment"))) {
                    var response = Yaml.documents(Files.readString(golden)).getFirst();
                    examples.put(
                            folder(golden), Merge.over((Json.Obj) environment, obj("status", afterwards(response))));
                }
            }
        }
        return examples;
    }

    private static String folder(Path golden) {
        return golden.getName(golden.getNameCount() - 2).toString();
    }

    private static Json.Obj afterwards(Json response) {
        var conditions = new ArrayList<Object>();
        response.items("conditions")
                .forEach(each -> conditions.add(Merge.over(
                        (Json.Obj) each, obj("status", word(each.text("status").orElse(""))))));
        var ready = !response.text("composite", "ready").equals(Optional.of("FALSE"))
                && response.object("resources").fields().values().stream()
                        .allMatch(resource -> resource.text("ready").equals(Optional.of("TRUE")));
        conditions.add(condition("Synced", "True", "ReconcileSuccess"));
        conditions.add(condition("Ready", ready ? "True" : "False", ready ? "Available" : "Creating"));
        return Merge.over(response.object("composite", "resource", "status"), obj("conditions", conditions));
    }

    private static String word(String status) {
        return status.substring(0, 1) + status.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static Json.Obj environment(Json.Arr conditions) {
        return obj(
                "metadata",
                obj("name", "dev", "generation", 7),
                "status",
                obj("summary", "One sentence.", "conditions", conditions));
    }

    private static Json.Obj condition(String type, String status, String reason) {
        return obj("type", type, "status", status, "reason", reason, "observedGeneration", 7);
    }

    /** The health and the message, with the libraries that Argo CD offers. */
    private static String health(Json.Obj environment) {
        try {
            var globals = new Globals();
            globals.load(new BaseLib());
            globals.load(new PackageLib());
            globals.load(new TableLib());
            LoadState.install(globals);
            LuaC.install(globals);
            globals.set("obj", lua(environment));
            var script = Yaml.documents(Files.readString(CONFIG_MAP))
                    .getFirst()
                    .text("data", KEY)
                    .orElseThrow();
            var health = globals.load(script, "health").call();
            return health.get("status").tojstring() + ": "
                    + health.get("message").tojstring();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static LuaValue lua(Json json) {
        return switch (json) {
            case Json.Obj(var fields) -> {
                var table = new LuaTable();
                fields.forEach((key, value) -> table.set(key, lua(value)));
                yield table;
            }
            case Json.Arr(var items) -> {
                var table = new LuaTable();
                items.forEach(item -> table.set(table.length() + 1, lua(item)));
                yield table;
            }
            case Json.Text(var text) -> LuaValue.valueOf(text);
            case Json.Num(var number) -> LuaValue.valueOf(number);
            case Json.Bool(var bool) -> LuaValue.valueOf(bool);
            case Json.Null() -> LuaValue.NIL;
        };
    }
}
