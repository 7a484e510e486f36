package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host namespace that Helm creates: policies hold in it by its labels, and it is never deleted. */
class HelmNamespaceTest {
    private static final Json.Obj BY_HELM =
            obj("host", obj("composeNamespace", false, "labels", obj("cost-center", "7")));
    private static final String STANDARD = "pod-security.kubernetes.io/enforce";
    private static final Json.Obj LABELS = obj(
            "cost-center", "7", "environment.fn.crossplane.io/environment", "jpaxfzo35gcbqyrz", STANDARD, "baseline");
    private static final Ref NAMESPACE = Ref.namespace(DevEnvironment.HOST_NAMESPACE);

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    private void created() {
        simulation.settings(Optional.of(BY_HELM));
        dev.create();
        becomesReady();
    }

    private void becomesReady() {
        assertTrue(simulation.runUntil(dev::ready, Duration.ofMinutes(15)), dev::conditions);
    }

    private List<Json.Obj> labels() {
        return simulation.get(NAMESPACE).map(namespace -> namespace.object("metadata", "labels")).stream()
                .toList();
    }

    @Test
    void itHasTheLabelsOfOneThatIsComposed() {
        created();
        assertEquals(List.of(LABELS), labels());
    }

    @Test
    void itStaysWithItsLabelsAfterSettingsHaveChangedAndTheEnvironmentIsDeleted() {
        created();
        simulation.settings(Optional.of(Merge.over(BY_HELM, obj("host", obj("composeNamespace", true)))));
        simulation.advance(Duration.ofMinutes(12));
        deleted();
        assertEquals(List.of(LABELS), labels());
    }

    private void deleted() {
        dev.delete(60, Duration.ofSeconds(2));
        simulation.advance(Duration.ofMinutes(5));
        assertTrue(!dev.exists());
    }

    /** People freeze an Object with Observe alone, as docs/operations.md says to them for deletions that hang. */
    @ParameterizedTest
    @ValueSource(strings = {"Observe", "*"})
    void itStaysIfSomebodyHasGivenOtherRightsToItsObject(String policy) {
        created();
        edited("namespace", arr(policy), "spec", "managementPolicies");
        deleted();
        assertEquals(List.of(LABELS), labels());
    }

    @Test
    void itStaysIfSomebodyHasKeptTheReleaseFromCreatingIt() {
        created();
        edited("cluster", new Json.Bool(true), "spec", "forProvider", "skipCreateNamespace");
        deleted();
        assertEquals(List.of(LABELS), labels());
    }

    private void edited(String component, Json value, String... path) {
        simulation.edit(Ref.of(dev.composed(component).orElseThrow()), object -> JsonEdit.set(object, value, path));
        simulation.advance(Duration.ofMinutes(12));
    }

    /** Of a namespace that the platform has made and handed over. */
    private void createdIn(String standard) {
        simulation.settings(Optional.of(BY_HELM));
        var metadata = obj("name", NAMESPACE.name(), "labels", obj(STANDARD, standard));
        simulation.create(obj("apiVersion", "v1", "kind", "Namespace", "metadata", metadata));
        dev.create();
        var owner = obj(
                "environment.fn.crossplane.io/owner-namespace", "team-a",
                "environment.fn.crossplane.io/owner-name", "dev",
                "environment.fn.crossplane.io/owner-uid",
                        simulation.get(DevEnvironment.REF).orElseThrow().text("metadata", "uid"));
        simulation.edit(NAMESPACE, object -> JsonEdit.set(object, owner, "metadata", "annotations"));
        becomesReady();
        simulation.advance(Duration.ofMinutes(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"restricted", "privileged"})
    void aStandardOfPodSecurityThatItHasAlreadyStays(String standard) {
        createdIn(standard);
        assertEquals(List.of(Merge.over(LABELS, obj(STANDARD, standard))), labels());
    }

    @Test
    void itHasTheStandardOfSettingsOnceThatOfOthersIsRemoved() {
        createdIn("privileged");
        simulation.edit(NAMESPACE, object -> JsonEdit.remove(object, "metadata", "labels", STANDARD));
        simulation.advance(Duration.ofMinutes(25));
        assertEquals(List.of(LABELS), labels());
    }
}
