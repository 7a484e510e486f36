package io.functionenvironment.plan;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.preview.PreviewResult;
import io.functionenvironment.preview.TextView;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans for the state of a real cluster, in {@code examples/plan}. {@code ./mvnw test -Dtest=PlanTest -Dgolden.update=true} updates
 * the texts there.
 */
class PlanTest {
    private static final Path EXAMPLE = Path.of("examples", "plan");
    private static final Instant NOW = Instant.parse("2026-11-30T01:10:00Z");
    private static final Json.Obj HOLD = obj("securityFixes", "hold");
    private static final PlanText TEXT = new PlanText(new TextView(false, true));

    @Test
    void aPlanOfARealStateIsEmpty() throws IOException {
        var plan = plan(settled(), Optional.empty(), LiveEnvironment.SAME);
        assertEquals(List.of(), plan.changes());
        assertEquals(PlanResult.Outcome.UNCHANGED, plan.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-created", "2-app-added", "3-app-changed", "6-app-corrected"})
    void aPlanOfARecordedStateAtRestIsEmpty(String phase) throws IOException {
        assertEquals(
                List.of(),
                plan(recorded(phase), Optional.empty(), LiveEnvironment.SAME).changes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4-app-removed", "7-app-without-catalog-entry", "8-size-changed"})
    void whatIsUnderWayInARecordedStateIsContinued(String phase) throws IOException {
        var plan = plan(recorded(phase), Optional.empty(), LiveEnvironment.SAME);
        assertEquals(
                plan.removed(),
                plan.entries().stream()
                        .flatMap(entry -> entry.lines().stream())
                        .filter(line -> line.mark() == PreviewResult.Mark.REMOVED)
                        .map(PreviewResult.Line::name)
                        .collect(toSet()));
        assertTrue(plan.removed().contains("usage-app-second-environment"), "" + plan.removed());
    }

    /** What a real Crossplane presented to the function in the last call of a phase. */
    private static List<Json.Obj> recorded(String phase) throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/recorded").resolve(phase))) {
            var observed = LiveEnvironment.document(files.max(naturalOrder()).orElseThrow())
                    .object("request", "observed");
            var objects = new ArrayList<>(List.of(config(), observed.object("composite", "resource")));
            observed.object("resources").fields().values().forEach(each -> objects.add(each.object("resource")));
            return objects;
        }
    }

    /** The state is from before this release of the function closed holes in the network policies and the sync. */
    @Test
    void whatAnotherReleaseOfTheFunctionDoesLaterIsInThePlan() throws IOException {
        var plan = plan(state(), Optional.empty(), LiveEnvironment.SAME);
        assertEquals(
                List.of(
                        "CHANGED cluster [spec.forProvider.values.policies.networkPolicy.workload,"
                                + " spec.forProvider.values.sync]",
                        "RESTARTED cluster []"),
                plan.changes().stream()
                        .map(change -> change.action() + " " + change.component() + " " + change.paths())
                        .toList());
        assertTrue(plan.changes().getFirst().at().compareTo(Duration.ofMinutes(9)) > 0, "one settled interval later");
    }

    @Test
    void aChangeOfARealStateIsShownOverTime() throws IOException {
        var plan = plan(state(), Optional.of(changed()), LiveEnvironment.SAME);
        golden("plan.txt", TEXT.render(List.of(plan)));
        golden("plan.json", PlanJson.of(List.of(plan)));
    }

    @Test
    void whatIsCreatedAndRemovedInBetweenIsNotCounted() throws IOException {
        var plan = plan(state(), Optional.of(changed()), LiveEnvironment.SAME);
        assertEquals(
                List.of(Set.of("app-third"), Set.of("cluster"), Set.of("cluster"), Set.of("app-second")),
                List.of(plan.created(), plan.changed(), plan.restarted(), plan.removed()));
    }

    @Test
    void changedSettingsReplaceThoseThatWereRead() throws IOException {
        var settings = LiveEnvironment.settings(Merge.over(
                HOLD, obj("catalog", obj("podinfo", obj("values", obj("replicaCount", 2))))));
        var plan = plan(settled(), Optional.empty(), settings);
        assertEquals(
                Map.of(
                        "app-podinfo", List.of("spec.forProvider.values"),
                        "app-second", List.of("spec.forProvider.values")),
                plan.changes().stream().collect(toMap(Change::component, Change::paths)));
    }

    @Test
    void anEnvironmentThatDoesNotExistIsCreated() throws IOException {
        var plan = Plan.of(new PlanRequest(
                ObservedState.of(List.of()), Optional.empty(), Optional.of(changed()), LiveEnvironment.SAME, NOW));
        assertEquals(
                Set.of("namespace", "cluster", "provider-config-helm", "health", "app-podinfo", "app-third"),
                plan.created());
    }

    @Test
    void anObjectOfSomebodyElseIsRefusedAsByTheFunction() throws IOException {
        var plan = plan(
                edited("Release", "app-second", object -> JsonEdit.remove(object, "metadata", "ownerReferences")),
                Optional.empty(),
                LiveEnvironment.SAME);
        assertEquals(List.of(), plan.changes());
        assertEquals(PlanResult.Outcome.REFUSED, plan.outcome());
        assertEquals(
                "cannot compose resources: pipeline step \"environment\" returned a fatal result: nothing was changed,"
                        + " because of these errors: spec.crossplane.resourceRefs: refers to Release dev-ae61c599b95d as component app-second, but the"
                        + " object has no controller reference to this Environment; remove the reference, or, if the"
                        + " Environment composed it, add a controller reference with the uid"
                        + " a63468da-59a0-4255-a274-d8c2da37f9e6",
                plan.refused().orElseThrow());
    }

    @Test
    void whatTheFunctionWillRefuseIsRefused() throws IOException {
        var plan = plan(
                state(), Optional.of(Merge.over(changed(), obj("spec", obj("size", "nonsuch")))), LiveEnvironment.SAME);
        assertEquals(PlanResult.Outcome.REFUSED, plan.outcome());
        assertEquals(
                true,
                plan.refused().orElseThrow().startsWith("Accepted: spec.size: is \"nonsuch\""),
                "" + plan.refused());
    }

    @Test
    void aClusterThatIsNotReadyBecomesReadyAndIsWaitedFor() throws IOException {
        var down = edited(
                "Object",
                "health",
                object -> JsonEdit.set(
                        JsonEdit.set(object, obj("replicas", 1), "status", "atProvider", "manifest", "status"),
                        arr(
                                obj("type", "Synced", "status", "True", "reason", "ReconcileSuccess"),
                                obj("type", "Ready", "status", "False", "reason", "Unavailable")),
                        "status",
                        "conditions"));
        var plan = plan(down, Optional.of(changed()), LiveEnvironment.SAME);
        assertEquals(Set.of("app-third"), plan.created());
        assertEquals(true, plan.ready(), "" + plan.missing());
    }

    @Test
    void whatFailsKeepsFailingUntilItChanges() throws IOException {
        var failing = edited("Release", "app-second", PlanTest::failing);
        var unchanged = plan(failing, Optional.empty(), LiveEnvironment.SAME);
        assertEquals(List.of(), unchanged.changes());
        assertEquals(List.of("AppsReady: second: update failed: failed to upgrade release: no"), unchanged.missing());
        var corrected = LiveEnvironment.with(
                changed(),
                arr(
                        obj("name", "podinfo"),
                        obj("name", "second", "catalog", "podinfo", "values", obj("replicaCount", 2))),
                "spec",
                "apps");
        var plan = plan(failing, Optional.of(corrected), LiveEnvironment.SAME);
        assertEquals(Set.of("app-second", "cluster"), plan.changed());
        assertEquals(true, plan.ready(), "" + plan.missing());
    }

    private static Json.Obj failing(Json.Obj release) {
        var status = obj(
                "synced",
                true,
                "failed",
                3,
                "atProvider",
                obj("state", "failed", "revision", 7, "releaseDescription", "Release failed"),
                "conditions",
                arr(
                        obj("type", "Ready", "status", "False", "reason", "Unavailable"),
                        obj(
                                "type", "Synced",
                                "status", "False",
                                "reason", "ReconcileError",
                                "message", "update failed: failed to upgrade release: no")));
        return JsonEdit.set(release, status, "status");
    }

    @Test
    void resourcesThatWereNotReadAreNamedAndSecretsAreIgnored() throws IOException {
        var read = new ArrayList<>(settled());
        read.removeIf(object -> object.text("kind").equals(Optional.of("ProviderConfig")));
        read.add(obj(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", obj("name", "dev-kg7m6z4sefn43qw3-kubeconfig", "namespace", "e2e")));
        var plan = plan(read, Optional.empty(), LiveEnvironment.SAME);
        assertEquals(
                List.of(new Ref("helm.m.crossplane.io/v1beta1", "ProviderConfig", "e2e", "dev-dc09868a8a1d")),
                plan.unread());
        assertEquals(Set.of("provider-config-helm"), plan.created());
        assertEquals(
                List.of(),
                ObservedState.of(read).objects().keySet().stream()
                        .filter(ref -> ref.kind().equals("Secret"))
                        .toList());
    }

    @Test
    void connectionSecretsAreInferredAndOtherStepsAreNamed() throws IOException {
        var plan = plan(
                edited("Composition", "", object -> {
                    var steps = new ArrayList<>(object.items("spec", "pipeline"));
                    steps.add(obj("step", "ready", "functionRef", obj("name", "function-auto-ready")));
                    return JsonEdit.set(object, steps, "spec", "pipeline");
                }),
                Optional.empty(),
                LiveEnvironment.SAME);
        assertEquals(
                List.of(new Ref("helm.m.crossplane.io/v1beta1", "Release", "e2e", "dev-433f7929cdea")),
                plan.inferred());
        assertEquals(List.of("step ready of function-auto-ready"), plan.notRun());
        assertEquals("""
                Environment e2e/dev of platform.internal/v1beta1
                No component changes.
                Inferred, not read: the connection Secret of Release dev-433f7929cdea.
                Not run: step ready of function-auto-ready.
                """, TEXT.render(List.of(plan)).replaceAll("(?m)^(\\+| {8}).*\n|^Ready in the end.*\n", ""));
    }

    @Test
    void aCompositionWithoutTheFunctionIsNotPlanned() throws IOException {
        var other = edited(
                "Composition",
                "",
                object -> JsonEdit.set(
                        object,
                        arr(obj("step", "one", "functionRef", obj("name", "function-other"))),
                        "spec",
                        "pipeline"));
        var error = assertThrows(UnreadableState.class, () -> plan(other, Optional.empty(), LiveEnvironment.SAME));
        assertEquals(
                "Composition environments.platform.internal spec.pipeline: has 0 steps of this function; it must have one, of"
                        + " a function with the name function-environment, or with Settings as input",
                error.text());
    }

    @Test
    void managedFieldsShowWhatIsNoLongerDesired() throws IOException {
        var label = "example.org/former";
        var owned = obj("f:metadata", obj("f:labels", obj("f:" + label, obj())));
        var plan = plan(
                edited(
                        "Release",
                        "app-podinfo",
                        object -> Merge.over(
                                object,
                                obj(
                                        "metadata",
                                        obj(
                                                "labels",
                                                obj(label, "yes", "example.org/of-others", "yes"),
                                                "managedFields",
                                                arr(obj(
                                                        "manager",
                                                        "apiextensions.crossplane.io/composed/1234",
                                                        "operation",
                                                        "Apply",
                                                        "fieldsV1",
                                                        owned)))))),
                Optional.empty(),
                LiveEnvironment.SAME);
        assertEquals(
                List.of(List.of("labels." + label)),
                plan.changes().stream().map(Change::paths).toList());
    }

    private interface Edit {
        Json.Obj apply(Json.Obj object);
    }

    private static List<Json.Obj> edited(String kind, String component, Edit edit) throws IOException {
        return settled().stream()
                .map(object -> object.text("kind").equals(Optional.of(kind))
                                && object.text("metadata", "annotations", "crossplane.io/composition-resource-name")
                                        .orElse("")
                                        .equals(component)
                        ? edit.apply(object)
                        : object)
                .toList();
    }

    private static PlanResult plan(List<Json.Obj> objects, Optional<Json.Obj> changed, Offered settings) {
        var live = objects.stream()
                .filter(object -> object.text("kind").equals(Optional.of("Environment")))
                .findFirst();
        return Plan.of(new PlanRequest(ObservedState.of(objects), live, changed, settings, NOW));
    }

    private static Json.Obj changed() throws IOException {
        return LiveEnvironment.document(EXAMPLE.resolve("changed.yaml"));
    }

    private static List<Json.Obj> state() throws IOException {
        return LiveEnvironment.document(EXAMPLE.resolve("state.yaml")).items("items").stream()
                .map(Json.Obj.class::cast)
                .toList();
    }

    /** With Settings by which this release changes nothing that runs. */
    private static List<Json.Obj> settled() throws IOException {
        var read = new ArrayList<>(state());
        read.add(config());
        return read;
    }

    private static Json.Obj config() {
        return obj(
                "apiVersion",
                "apiextensions.crossplane.io/v1beta1",
                "kind",
                "EnvironmentConfig",
                "metadata",
                obj("name", "environment-settings"),
                "data",
                HOLD);
    }

    private static void golden(String name, String text) throws IOException {
        var file = EXAMPLE.resolve(name);
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }
}
