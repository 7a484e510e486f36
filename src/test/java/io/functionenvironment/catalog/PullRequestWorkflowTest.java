package io.functionenvironment.catalog;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the steps of {@code examples/pull-requests/github-workflow.yaml} for pull request 7, as GitHub runs them. {@code gh} and {@code
 * kubectl} are those in {@code src/test/resources/pull-requests}, which keep comments and the Environment in files. Actions, such as
 * actions/checkout, are not run.
 */
class PullRequestWorkflowTest {
    private static final Path FILE = Path.of("examples/pull-requests/github-workflow.yaml");
    private static final Path PROGRAMS = Path.of("src/test/resources/pull-requests");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");

    @TempDir
    private Path folder;

    private Json workflow = Json.Obj.EMPTY;

    @BeforeEach
    void nothingIsApplied() throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "jq"))),
                "jq is not in PATH");
        workflow = Yaml.documents(Files.readString(FILE)).getFirst();
        state("comments", "[]");
        state("refusals", "0");
    }

    private void state(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private Json read(String name) throws IOException {
        return Yaml.documents(Files.readString(folder.resolve(name))).getFirst();
    }

    @Test
    void theWorkflowIsThatOfTheDefaultBranchAndRunsNoCodeOfThePullRequest() throws IOException {
        assertTrue(Files.readString(FILE).contains("\non:\n  pull_request_target:\n    types:"));
        for (var job : workflow.object("jobs").fields().values()) {
            assertEquals(Optional.of("preview"), job.text("environment"));
            assertTrue(job.text("if")
                    .orElseThrow()
                    .contains("github.event.pull_request.head.repo.full_name == github.repository"));
            for (var step : job.items("steps")) {
                assertEquals(step.text("uses").map(action -> "main"), step.text("with", "ref"), () -> Yaml.text(step));
                assertFalse(step.text("run").orElse("").contains("${{"), () -> Yaml.text(step));
            }
        }
    }

    @Test
    void theActionIsTheCommitThatTheWorkflowsOfThisRepositoryUseAndKeepsNoCredentials() throws IOException {
        var ours = Files.readString(Path.of(".github/workflows/ci.yml"));
        var actions = workflow.object("jobs").fields().values().stream()
                .flatMap(job -> job.items("steps").stream())
                .filter(step -> step.text("uses").isPresent())
                .toList();
        assertEquals(1, actions.size());
        var uses = actions.getFirst().text("uses").orElseThrow();
        assertTrue(uses.matches("actions/checkout@[0-9a-f]{40}"), uses);
        assertTrue(ours.contains("uses: " + uses + " #"), uses);
        assertEquals(Optional.of(new Json.Bool(false)), actions.getFirst().at("with", "persist-credentials"));
    }

    /** What {@code kubectl} in the resources of this test is asked for has no messages, because it knows no other questions. */
    @Test
    void eachCommitIsAppliedAndHasTheLastWordInOneComment() throws Exception {
        var person = comment(1, "alice", "<!-- preview -->\nI quote it.");
        var coverage = comment(3, "github-actions[bot]", "Coverage: 80 %");
        state("comments", Yaml.json(arr(person)));

        assertFalse(succeeds("apply", "first"), "the Environment is not ready in time");
        var starting = comment(2, "github-actions[bot]", "<!-- preview -->\nPreview: no address, ready: False");
        assertEquals(arr(person, starting), read("comments"));

        state("comments", Yaml.json(arr(person, starting, coverage)));
        state("ready", "http://podinfo.pr-7.example.org");
        assertTrue(succeeds("apply", "second"));
        var ready = comment(
                2, "github-actions[bot]", "<!-- preview -->\nPreview: http://podinfo.pr-7.example.org, ready: True");
        assertEquals(arr(person, ready, coverage), read("comments"));
        assertEquals(
                arr(
                        obj("op", "replace", "path", "/metadata/name", "value", "pr-7"),
                        obj("op", "replace", "path", "/spec/apps/0/values/image/tag", "value", "second")),
                read("environment"));
    }

    @Test
    void closingDeletesTheEnvironmentAlthoughTheDeletionIsRefusedAtFirst() throws Exception {
        state("ready", "");
        assertTrue(succeeds("apply", "first"));
        state("refusals", "5");
        assertTrue(succeeds("delete", "first"));
        assertFalse(Files.exists(folder.resolve("environment")));
    }

    @Test
    void theJobFailsIfTheDeletionIsRefusedAllTheTime() throws Exception {
        state("refusals", "6");
        assertFalse(succeeds("delete", "first"));
    }

    private static Json.Obj comment(int id, String author, String body) {
        return obj("id", id, "user", obj("login", author), "body", body);
    }

    /** Runs the scripts of a job. After one fails, only those run that always do. */
    private boolean succeeds(String name, String commit) throws IOException, InterruptedException {
        var job = workflow.object("jobs", name);
        var exported = Files.writeString(folder.resolve("exported"), "");
        var success = true;
        for (var step : job.items("steps")) {
            var script = step.text("run");
            if (script.isEmpty() || !(success || step.text("if").equals(Optional.of("always()")))) {
                continue;
            }
            var process = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script.get());
            var environment = new HashMap<String, String>();
            for (var source : List.of(workflow, job, step)) {
                source.object("env")
                        .fields()
                        .forEach((key, value) ->
                                environment.put(key, evaluated(value.text().orElseThrow(), commit)));
            }
            Files.readAllLines(exported).forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
            process.environment().putAll(environment);
            process.environment().put("STATE", folder.toString());
            process.environment().put("RUNNER_TEMP", folder.toString());
            process.environment().put("GITHUB_ENV", exported.toString());
            process.environment().put("GITHUB_REPOSITORY", "acme/shop");
            process.environment().merge("PATH", PROGRAMS.toAbsolutePath().toString(), (path, own) -> own + ":" + path);
            var running = process.redirectErrorStream(true).start();
            running.getOutputStream().close();
            var printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var status = running.waitFor();
            assertTrue(status <= 1, () -> step.text("name") + " ends with " + status + ": " + printed);
            success &= status == 0;
        }
        return success;
    }

    private static String evaluated(String text, String commit) {
        var known = Map.of(
                "github.event.number",
                "7",
                "github.event.pull_request.head.sha",
                commit,
                "github.token",
                "token",
                "secrets.PREVIEW_KUBECONFIG",
                "credentials");
        return EXPRESSION
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        Optional.ofNullable(known.get(found.group(1))).orElseThrow()));
    }
}
