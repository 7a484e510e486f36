package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example gets the answer that stands beside it. {@code ./mvnw test -Dtest=GoldenTest -Dgolden.update=true} writes the
 * answers anew, and the observed states that the examples along the road begin with.
 */
class GoldenTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path ROAD = EXAMPLES.resolve("road");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @Test
    void answersAreNotRewrittenWhereTheyAreToBeChecked() {
        if (System.getenv("CI") != null) {
            assertNotEquals(true, UPDATE, "golden.update rewrites what is to be checked; leave it out in CI");
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleGetsItsAnswer() throws IOException {
        if (UPDATE && System.getenv("CI") == null) {
            states();
        }
        try (var files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.endsWith("environment.yaml"))
                    .map(Path::getParent)
                    .sorted()
                    .toList()
                    .stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(EXAMPLES.relativize(folder).toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        var golden = folder.resolve("answer.yaml");
        var answer =
                Yaml.text(Responses.of(FUNCTION.run(new FunctionRequest(Requests.of(folder)), ObservedStateFake.NOW)
                        .message()));
        if (UPDATE && System.getenv("CI") == null) {
            Files.writeString(golden, answer);
        }
        assertEquals(Files.readString(golden), answer);
    }

    /** The states along the road, each from a way that leads there. */
    private static void states() throws IOException {
        var three = Requests.documents(ROAD.resolve("everything-ready/environment.yaml"))
                .getFirst();
        write("everything-ready", new ObservedStateFake(three, Json.Obj.EMPTY).steps(9));
        var missing = "observe failed: cannot get connection details: cannot get object:"
                + " secrets \"dev-incluster\" not found";
        var refused =
                Merge.over(ObservedStateFake.condition("Synced", "False", "ReconcileError"), obj("message", missing));
        var awaited = obj(
                "atProvider",
                obj("state", "deployed"),
                "conditions",
                JsonLiteral.arr(refused, ObservedStateFake.condition("Ready", "False", "Unavailable")));
        write(
                "kubeconfig-awaited",
                new ObservedStateFake(three, Json.Obj.EMPTY)
                        .withoutKubeconfig()
                        .steps(3)
                        .status("cluster", awaited));
        write("kubeconfig-there", new ObservedStateFake(three, Json.Obj.EMPTY).steps(3));
        var failed = obj(
                "failed", 3,
                "atProvider",
                        obj(
                                "state", "failed",
                                "releaseDescription", "Release \"backend\" failed: context deadline exceeded"),
                "conditions",
                        JsonLiteral.arr(
                                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                                ObservedStateFake.condition("Ready", "False", "Unavailable")));
        write(
                "one-app-failing",
                new ObservedStateFake(three, Json.Obj.EMPTY).steps(5).status("app-backend", failed));
        change("one-app-removed", three);
        change("dependency-removed-with-its-user", three);
        change("size-changed", three);
        var smaller = Requests.documents(ROAD.resolve("size-without-room/environment.yaml"))
                .getFirst();
        var larger = Merge.over((Json.Obj) smaller, obj("spec", obj("size", "medium")));
        var looking = new ObservedStateFake(larger, Json.Obj.EMPTY)
                .steps(9)
                .change(smaller)
                .steps(1);
        write("size-without-room", looking.status("quota", used()));
        change("bad-app-among-good-ones", three);
        for (var example : java.util.List.of("apps", "platform", "conference")) {
            var folder = EXAMPLES.resolve(example);
            var settings = Requests.documents(folder.resolve("settings.yaml")).getFirst();
            var road = new ObservedStateFake(
                            Requests.documents(folder.resolve("environment.yaml"))
                                    .getFirst(),
                            (Json.Obj) settings)
                    .steps(9);
            Files.writeString(folder.resolve("observed.yaml"), text(road));
        }
    }

    /** Everything was ready, then the Environment was changed to what the example says. */
    private static void change(String example, Json before) throws IOException {
        var after = Requests.documents(ROAD.resolve(example).resolve("environment.yaml"))
                .getFirst();
        write(example, new ObservedStateFake(before, Json.Obj.EMPTY).steps(9).change(after));
    }

    private static void write(String example, ObservedStateFake road) throws IOException {
        Files.createDirectories(ROAD.resolve(example));
        Files.writeString(ROAD.resolve(example).resolve("observed.yaml"), text(road));
        // What the Environment has said of itself so far decides what is news.
        var environment = ROAD.resolve(example).resolve("environment.yaml");
        var asked = Files.readString(environment);
        var end = asked.indexOf("status:\n");
        Files.writeString(
                environment,
                (end < 0 ? asked : asked.substring(0, end))
                        + Yaml.text(obj("status", road.composite().object("status"))));
    }

    /** More pods than a small cluster may have. */
    private static Json.Obj used() {
        return obj(
                "atProvider",
                obj("manifest", obj("status", obj("used", obj("count/pods", "31", "requests.cpu", "2100m")))),
                "conditions",
                JsonLiteral.arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static String text(ObservedStateFake road) {
        return road.documents().stream().map(Yaml::text).collect(Collectors.joining("---\n"));
    }
}
