package io.functionenvironment.plan;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A plan of an unchanged state is empty, and any other plan is what happens then, for every example. */
class PlanPropertyTest {
    private static final Path EXAMPLES = Path.of("examples");

    private static final Map<String, UnaryOperator<Json.Obj>> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("another size", environment -> LiveEnvironment.with(environment, new Json.Text("medium"), "spec", "size"));
        CHANGES.put("an app more", environment -> {
            var apps = new ArrayList<>(environment.items("spec", "apps"));
            apps.add(obj("name", "added", "catalog", "podinfo", "namespace", "added"));
            return LiveEnvironment.with(environment, new Json.Arr(apps), "spec", "apps");
        });
        CHANGES.put("no apps", environment -> LiveEnvironment.with(environment, arr(), "spec", "apps"));
        CHANGES.put("nothing but the size", environment -> LiveEnvironment.with(
                environment, obj("size", environment.text("spec", "size").orElse("small")), "spec"));
        CHANGES.put("another label", environment -> LiveEnvironment.with(
                environment, new Json.Text("other"), "metadata", "labels", "example.org/changed"));
    }

    @TestFactory
    Stream<DynamicTest> aPlanOfAnUnchangedStateIsEmpty() throws IOException {
        return examples().map(example -> DynamicTest.dynamicTest(name(example), () -> {
            var live = new LiveEnvironment(example);
            assertEquals(nothing(live), summary(Plan.of(live.plan(Optional.empty(), new Offered(Optional.empty(), Optional.empty())))));
            assertEquals(
                    nothing(live),
                    summary(Plan.of(live.plan(Optional.of(live.requested), new Offered(Optional.empty(), Optional.empty())))));
        }));
    }

    @TestFactory
    Stream<DynamicTest> aPlanOfAChangeIsWhatHappensThen() throws IOException {
        return examples().flatMap(example -> CHANGES.entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(name(example) + ", " + change.getKey(), () -> {
                    var live = new LiveEnvironment(example);
                    var changed = change.getValue().apply(live.requested);
                    var plan = Plan.of(live.plan(Optional.of(changed), new Offered(Optional.empty(), Optional.empty())));
                    assertEquals(live.after(() -> live.simulation.apply(changed)), LiveEnvironment.texts(plan));
                })));
    }

    @TestFactory
    Stream<DynamicTest> aPlanOfOtherSettingsIsWhatHappensThen() throws IOException {
        return examples().map(example -> DynamicTest.dynamicTest(name(example), () -> {
            var live = new LiveEnvironment(example);
            var settings = example.resolve("settings.yaml");
            var data = Merge.over(
                    Files.exists(settings) ? LiveEnvironment.document(settings).object("data") : Json.Obj.EMPTY,
                    obj("catalog", obj("podinfo", obj("values", obj("replicaCount", 3)))));
            var plan = Plan.of(live.plan(Optional.empty(), LiveEnvironment.settings(data)));
            assertEquals(
                    live.after(() -> live.simulation.settings(Optional.of(data))), LiveEnvironment.texts(plan));
        }));
    }

    private record Summary(List<String> changes, List<String> lines, PlanResult.Outcome outcome, boolean ready) {}

    private static Summary nothing(LiveEnvironment live) {
        var ready = live.environment().items("status", "conditions").stream()
                .anyMatch(condition -> condition.text("type").equals(Optional.of("Ready"))
                        && condition.text("status").equals(Optional.of("True")));
        return new Summary(List.of(), List.of(), PlanResult.Outcome.UNCHANGED, ready);
    }

    private static Summary summary(PlanResult plan) {
        return new Summary(
                LiveEnvironment.texts(plan),
                plan.entries().stream()
                        .flatMap(entry -> entry.lines().stream())
                        .map(line -> line.mark() + " " + line.name() + ": " + line.text())
                        .toList(),
                plan.outcome(),
                plan.ready());
    }

    private static Stream<Path> examples() throws IOException {
        try (var folders = Files.list(EXAMPLES)) {
            return folders.filter(folder -> Files.exists(folder.resolve("environment.yaml"))).sorted().toList().stream();
        }
    }

    private static String name(Path example) {
        return EXAMPLES.relativize(example).toString();
    }
}
