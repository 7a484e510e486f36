package io.functionenvironment.plan;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.PreviewResult;
import io.functionenvironment.preview.TextView;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Ref;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans of Environments whose apps have values of other resources. */
class PlanOfValuesTest {
    private static final Path EXAMPLE = Path.of("examples", "values-from-resource");
    private static final Instant NOW = Instant.parse("2026-11-30T01:10:00Z");
    private static final Ref DEFINITION =
            new Ref("apiextensions.crossplane.io/v2", "CompositeResourceDefinition", "", "databases.example.org");
    private static final Ref DATABASE = new Ref("example.org/v1alpha1", "Database", "team-a", "orders");
    private static final LookUp FORBIDDEN = (kind, names) -> {
        throw new UnreadableState("Error from server (Forbidden): " + kind.kind() + "\nis forbidden");
    };

    private final List<String> reads = new ArrayList<>();

    /** Reads from a list, and notes what is asked for. */
    private LookUp reading(List<Json.Obj> objects) {
        return (kind, names) -> {
            reads.add(kind.kind() + " in \"" + kind.namespace() + "\": " + String.join(", ", names));
            return objects.stream()
                    .filter(object -> Ref.of(object).kind().equals(kind.kind()))
                    .filter(object -> names.contains(Ref.of(object).name()))
                    .toList();
        };
    }

    private static PlanRequest created(Offered settings) throws IOException {
        return new PlanRequest(
                ObservedState.of(List.of()),
                Optional.empty(),
                Optional.of(LiveEnvironment.document(EXAMPLE.resolve("environment.yaml"))),
                settings,
                NOW);
    }

    private static Offered allowed() throws IOException {
        return LiveEnvironment.settings(
                LiveEnvironment.document(EXAMPLE.resolve("settings.yaml")).object("data"));
    }

    private static PlanResult plan(PlanRequest request, LookUp others) {
        return Plan.of(others.complete(List.of(request)).getFirst());
    }

    @Test
    void aResourceIsReadOnceItsDefinitionIsKnownAndItsValueReachesTheApp() throws IOException {
        var plan = plan(created(allowed()), reading(LiveEnvironment.others(EXAMPLE)));
        assertEquals(
                List.of("CompositeResourceDefinition in \"\": databases.example.org", "Database in \"team-a\": orders"),
                reads);
        assertTrue(plan.created().contains("app-podinfo"), "" + plan.created());
        assertEquals(List.of(true, Map.of()), List.of(plan.ready(), plan.unanswered()));
    }

    @Test
    void oneCallReadsAllResourcesOfOneKindInOneNamespace() throws IOException {
        var one = created(allowed());
        var other = new PlanRequest(
                one.state(),
                Optional.empty(),
                one.changed().map(environment -> JsonEdit.set(environment, "other", "metadata", "name")),
                one.settings(),
                NOW);
        var plans = reading(LiveEnvironment.others(EXAMPLE)).complete(List.of(one, other)).stream()
                .map(Plan::of)
                .toList();
        assertEquals(List.of(true, true), plans.stream().map(PlanResult::ready).toList());
        assertEquals(2, reads.size(), "" + reads);
    }

    @Test
    void nothingIsReadThatTheSettingsDoNotAllow() throws IOException {
        var plan = plan(created(LiveEnvironment.SAME), reading(LiveEnvironment.others(EXAMPLE)));
        assertEquals(List.of(), reads);
        assertEquals(PlanResult.Outcome.REFUSED, plan.outcome());
    }

    @Test
    void whatDoesNotExistIsWaitedForAsOnTheCluster() throws IOException {
        var plan =
                plan(created(allowed()), reading(LiveEnvironment.others(EXAMPLE).subList(0, 1)));
        assertEquals("waits for status.endpoints[0].host of Database orders, which does not exist", said(plan));
        assertEquals(Map.of(), plan.unanswered());
    }

    @Test
    void whatWasNotReadIsNamedWithWhatFollows() throws IOException {
        var plan = plan(created(allowed()), FORBIDDEN);
        var why = "Error from server (Forbidden): CompositeResourceDefinition; is forbidden";
        assertEquals(Map.of(DEFINITION, why), plan.unanswered());
        assertEquals("waits for status.endpoints[0].host of Database orders, which is not looked up yet", said(plan));
        assertTrue(new PlanText(new TextView(false, true)).render(List.of(plan)).endsWith("""
                        Not read: CompositeResourceDefinition databases.example.org of apiextensions.crossplane.io/v2: %s.
                        So apps keep the values that they have from there, and an app that has none yet waits.
                        """.formatted(why)));
        assertEquals(
                obj(
                        "apiVersion",
                        DEFINITION.apiVersion(),
                        "kind",
                        DEFINITION.kind(),
                        "name",
                        DEFINITION.name(),
                        "reason",
                        why),
                LiveEnvironment.parsed(PlanJson.of(List.of(plan)))
                        .items("environments")
                        .getFirst()
                        .items("valuesNotReadFrom")
                        .getFirst());
    }

    @Test
    void aValueThatHasChangedReachesTheAppInThePlanAsOnTheCluster() throws IOException {
        var live = new LiveEnvironment(EXAMPLE);
        live.simulation.edit(DATABASE, object -> JsonEdit.set(object, 6432.0, "status", "port"));
        var plan = Plan.of(live.plan(Optional.empty(), LiveEnvironment.SAME));
        assertEquals(List.of("CHANGED app-podinfo [spec.forProvider.values.database.port]"), words(plan.changes()));
        assertEquals(words(live.after(() -> {})), words(plan.changes()));
    }

    @Test
    void anAppKeepsItsValueIfTheResourceWasNotRead() throws IOException {
        var live = new LiveEnvironment(EXAMPLE);
        var request = live.plan(
                Optional.of(LiveEnvironment.with(live.requested, new Json.Text("medium"), "spec", "size")),
                LiveEnvironment.SAME);
        var read = ObservedState.of(live.objects().stream()
                .filter(object -> !Ref.of(object).equals(DATABASE))
                .toList());
        var plan = plan(request.with(read), FORBIDDEN);
        assertEquals(Set.of(DATABASE), plan.unanswered().keySet());
        assertEquals(Set.of("cluster"), plan.changed());
        assertEquals(true, plan.ready(), "" + plan.missing());
    }

    /** What the plan says of the app when everything else is ready. */
    private static String said(PlanResult plan) {
        return plan.entries().stream()
                .flatMap(entry -> entry.lines().stream())
                .filter(line -> line.name().equals("app-podinfo"))
                .map(PreviewResult.Line::text)
                .reduce((one, other) -> other)
                .orElse("");
    }

    private static List<String> words(List<Change> changes) {
        return changes.stream()
                .map(change -> change.action() + " " + change.component() + " " + change.paths())
                .toList();
    }
}
