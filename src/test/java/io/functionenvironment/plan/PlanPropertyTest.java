package io.functionenvironment.plan;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A plan of an unchanged state is empty, and any other plan is what happens then: for every example, change after change. */
class PlanPropertyTest {
    private static final Path EXAMPLES = Path.of("examples");

    @TestFactory
    Stream<DynamicTest> aPlanIsWhatHappensThen() throws IOException {
        try (var folders = Files.list(EXAMPLES)) {
            return folders.filter(folder -> Files.exists(folder.resolve("environment.yaml"))).sorted().toList().stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(EXAMPLES.relativize(folder).toString(), () -> check(folder)));
        }
    }

    private static void check(Path example) throws IOException {
        var live = new LiveEnvironment(example);
        assertUnchanged(live, live.requested);
        var more = LiveEnvironment.with(live.requested, more(live.requested), "spec", "apps");
        assertPlanned(live, more);
        var larger = LiveEnvironment.with(more, new Json.Text(otherSize(live)), "spec", "size");
        assertPlanned(live, larger);
        assertPlanned(live, Merge.over(larger, obj("metadata", obj("labels", obj("example.org/team", "blue")))));
        assertOtherSettingsPlanned(live, example);
        var fewer = LiveEnvironment.with(larger, arr(), "spec", "apps");
        assertPlanned(live, fewer);
        var bare = LiveEnvironment.with(fewer, obj("size", otherSize(live)), "spec");
        assertPlanned(live, bare);
        assertFalse(live.happened.isEmpty(), "something happened at all");
    }

    /** Another size, if the Settings have another of the same kind. */
    private static String otherSize(LiveEnvironment live) {
        var vcluster = live.environment().text("status", "cluster", "type").equals(Optional.of("vcluster"));
        return vcluster ? "medium" : live.requested.text("spec", "size").orElseThrow();
    }

    private static Json.Arr more(Json.Obj environment) {
        var apps = new ArrayList<>(environment.items("spec", "apps"));
        apps.add(obj("name", "added", "catalog", "podinfo", "namespace", "added"));
        return new Json.Arr(apps);
    }

    private static void assertPlanned(LiveEnvironment live, Json.Obj changed) {
        var before = live.refused();
        var plan = Plan.of(live.plan(Optional.of(changed), LiveEnvironment.SAME));
        var happened = live.after(() -> live.simulation.apply(changed));
        assertEquals(byComponent(happened), byComponent(plan.changes()));
        assertEquals(live.refused().filter(refused -> !before.equals(Optional.of(refused))), plan.refused());
        assertEquals(live.ready(), plan.ready(), "" + plan.missing());
        assertUnchanged(live, changed);
    }

    private static void assertOtherSettingsPlanned(LiveEnvironment live, Path example) throws IOException {
        var settings = example.resolve("settings.yaml");
        var data = Merge.over(
                Files.exists(settings) ? LiveEnvironment.document(settings).object("data") : Json.Obj.EMPTY,
                obj("catalog", obj("podinfo", obj("values", obj("replicaCount", 3)))));
        var plan = Plan.of(live.plan(Optional.empty(), LiveEnvironment.settings(data)));
        assertEquals(
                byComponent(live.after(() -> live.simulation.settings(Optional.of(data)))),
                byComponent(plan.changes()));
    }

    private static void assertUnchanged(LiveEnvironment live, Json.Obj requested) {
        for (var changed : List.of(Optional.<Json.Obj>empty(), Optional.of(requested))) {
            var plan = Plan.of(live.plan(changed, LiveEnvironment.SAME));
            assertEquals(
                    new PlanResult(
                            live.ref,
                            List.of(),
                            List.of(),
                            live.ready(),
                            plan.took(),
                            plan.missing(),
                            Optional.empty(),
                            plan.inferred(),
                            List.of(),
                            List.of(),
                            Map.of()),
                    plan);
        }
    }

    /** How often a provider looks at something is random within bounds, and so is the order of what is independent. */
    private static Map<String, List<String>> byComponent(List<Change> changes) {
        return changes.stream()
                .collect(groupingBy(
                        Change::component,
                        TreeMap::new,
                        mapping(change -> change.action() + " " + change.paths(), toList())));
    }
}
