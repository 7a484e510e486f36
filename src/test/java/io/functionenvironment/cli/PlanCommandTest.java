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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit status of {@code environment plan} with files. */
class PlanCommandTest {
    private static final String STATE = "examples/plan/state.yaml";
    private static final String CHANGED = "examples/plan/changed.yaml";
    private static final String NOTHING = """
            Environment e2e/dev of platform.internal/v1beta1
            No component changes.
            Inferred, not read: the connection Secret of Release dev-433f7929cdea.
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(
                Stream.concat(Stream.of("plan"), Arrays.stream(arguments)).toList(),
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        true));
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

    /** By these Settings this release changes nothing that runs. */
    private String hold() throws IOException {
        return file("settings.yaml", """
                apiVersion: apiextensions.crossplane.io/v1beta1
                kind: EnvironmentConfig
                metadata: {name: environment-settings}
                data: {securityFixes: hold}
                """);
    }

    @Test
    void theStatusIsZeroIfNoComponentChanges() throws IOException {
        assertEquals(0, run("--state", STATE, "--settings", hold()), this::err);
        assertEquals(NOTHING, componentsOnly(out()));
        assertEquals(0, run("e2e/dev", "--state", STATE, "--state", hold()), this::err);
        assertEquals(NOTHING, componentsOnly(out()));
        assertEquals("", err());
    }

    @Test
    void theStatusIsTwoIfComponentsChange() throws IOException {
        assertEquals(2, run("--state", STATE, "--environment", CHANGED), this::err);
        assertTrue(out().contains("\nPlan: 1 to create, 1 to change, 1 to restart, 1 to remove.\n"), out());
        assertEquals(2, run("--state", STATE, "--environment", CHANGED, "-o", "json"));
        var plan = Yaml.documents(out()).getFirst().items("environments").getFirst();
        assertEquals("changed", plan.text("outcome").orElseThrow());
        assertEquals(2, run("--state", STATE, "--state", hold(), "--environment", CHANGED), this::err);
    }

    @Test
    void theStatusIsOneIfSomethingWillBeRefused() throws IOException {
        var unknown = file("unknown.yaml", Files.readString(Path.of(CHANGED)).replace("size: medium", "size: nonsuch"));
        assertEquals(1, run("--state", STATE, "--environment", unknown));
        assertTrue(out().contains("\nRefused: Accepted: spec.size: is \"nonsuch\""), out());
        var invalid = file("invalid.yaml", Files.readString(Path.of(CHANGED)).replace("size: medium", "size: Large!"));
        assertEquals(1, run("--state", STATE, "--environment", invalid));
        assertTrue(err().startsWith(invalid + ": spec.size: is \"Large!\""), err());
    }

    @Test
    void allEnvironmentsAreCounted() throws IOException {
        var other = file("other.yaml", """
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: just-created, namespace: e2e, uid: 2a0b5a5c-8ee8-4a3b-9d4e-1f3f5b8a7c11}
                spec: {size: small}
                """);
        assertEquals(2, run("--all", "--state", STATE, "--state", other, "--state", hold()), this::err);
        assertTrue(out().endsWith("\n2 Environments: 1 unchanged, 1 to change, 0 refused.\n"), out());
        assertEquals(1, run("--state", STATE, "--state", other));
        assertEquals("--state: contains 2 Environments; name one as NAMESPACE/NAME, or use --all\n", err());
    }

    @Test
    void whatAppsHaveValuesOfComesFromTheFilesAndIsNamedWhereItIsInNone() throws IOException {
        var example = "examples/values-from-resource/";
        var planned = List.of("--environment", example + "environment.yaml", "--settings", example + "settings.yaml");
        assertEquals(2, run(with(planned, "--state", example + "required.yaml")), this::err);
        assertTrue(out().contains("+ app-podinfo           Release of chart podinfo "), out());
        assertTrue(out().contains("\nReady in the end, after "), out());
        var definition = file(
                "definition.yaml",
                Files.readString(Path.of(example + "required.yaml")).replaceFirst("(?s)\n---.*", "\n"));
        assertEquals(2, run(with(planned, "--state", definition)), this::err);
        assertTrue(out().endsWith("""
                Not read: Database orders of example.org/v1alpha1: is in no file.
                So apps keep the values that they have from there, and an app that has none yet waits.
                """), out());
    }

    private static String[] with(List<String> some, String... others) {
        return Stream.concat(some.stream(), Arrays.stream(others)).toArray(String[]::new);
    }

    @Test
    void anEnvironmentThatIsBeingDeletedHasNoPlan() throws IOException {
        var deleted = file(
                "deleted.yaml",
                Files.readString(Path.of(STATE))
                        .replaceFirst(
                                "(?m)^    generation: ",
                                "    deletionTimestamp: '2026-11-30T01:00:00Z'\n    generation: "));
        assertEquals(1, run("--state", deleted));
        assertEquals(
                "Environment e2e/dev metadata.deletionTimestamp: is set; an Environment that is being deleted has no plan,"
                        + " because Crossplane does not call functions for it\n",
                err());
        assertEquals(0, run("--all", "--state", deleted));
        assertEquals("e2e/dev is being deleted; it has no plan\n", err());
    }

    @Test
    void invalidUsageIsNotTakenForChanges() {
        for (var each : List.of(
                new Invalid("-o is \"yaml\"; must be one of text, json", "-o", "yaml", "--state", STATE),
                new Invalid("unknown option --from", "--from", CHANGED),
                new Invalid("--state needs a value: FILE", "--state"),
                new Invalid("examples/nonsuch.yaml: no such file", "--state", "examples/nonsuch.yaml"),
                new Invalid("examples/nonsuch.yaml: no such file", "--environment", "examples/nonsuch.yaml"),
                new Invalid("there is no Environment e2e/other", "e2e/other", "--state", STATE),
                new Invalid("NAMESPACE/NAME is \"dev\"; must be a namespace and a name, like team-a/dev", "dev"),
                new Invalid("name an Environment of the cluster as NAMESPACE/NAME, or use --environment or --all"),
                new Invalid("NAMESPACE/NAME, --environment and --all exclude each other", "--all", "e2e/dev"))) {
            assertEquals(1, run(each.arguments.toArray(String[]::new)), each.message);
            assertTrue(err().startsWith(each.message), err());
            assertEquals("", out());
        }
    }

    private record Invalid(String message, List<String> arguments) {
        Invalid(String message, String... arguments) {
            this(message, List.of(arguments));
        }
    }

    /** Without what happens beside changes of components. */
    private static String componentsOnly(String text) {
        return text.replaceAll("(?m)^(\\+|        ).*\n", "").replaceAll("(?m)^Ready in the end.*\n", "");
    }
}
