package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An Environment that is deleted leaves nothing, whatever is under way. */
class DeletionTest {
    private static final Ref ENVIRONMENT = new Ref("platform.internal/v1beta1", "Environment", "team-a", "dev");
    private final Simulation simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT);

    private void make() {
        simulation.apply(obj(
                "apiVersion",
                ENVIRONMENT.apiVersion(),
                "kind",
                ENVIRONMENT.kind(),
                "metadata",
                obj("name", ENVIRONMENT.name(), "namespace", ENVIRONMENT.namespace()),
                "spec",
                obj("apps", arr(obj("name", "podinfo")))));
    }

    private void wantApps(Object... apps) {
        simulation.edit(ENVIRONMENT, object -> JsonEdit.set(object, arr(apps), "spec", "apps"));
    }

    private void ready() {
        make();
        assertTrue(simulation.runUntil(
                () -> Conditions.isTrue(simulation.get(ENVIRONMENT).orElseThrow(), "Ready"), Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(5));
    }

    /** As somebody who is told to delete it again in a moment. */
    private void delete() {
        for (var tries = 0; simulation.delete(ENVIRONMENT).isPresent() && tries < 10; tries++) {
            simulation.advance(Duration.ofSeconds(1));
        }
    }

    private List<Ref> left() {
        return simulation.host().list(object -> !Ref.of(object).equals(Ref.namespace("team-a"))).stream()
                .map(Ref::of)
                .toList();
    }

    private void goneAfter(Duration time) {
        simulation.advance(time);
        assertEquals(List.of(), left());
    }

    private Optional<Json.Obj> app() {
        return simulation.host().list("Release").stream()
                .filter(release -> release.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .equals(Optional.of("app-podinfo")))
                .findFirst();
    }

    private boolean dropped() {
        return app().filter(app -> app.at("metadata", "deletionTimestamp").isPresent())
                .isPresent();
    }

    /** Whenever in that time it is deleted, all is gone in the end. */
    private static void leavesNothing(IntStream moments, ObjIntConsumer<DeletionTest> before) {
        moments.forEach(moment -> {
            var each = new DeletionTest();
            before.accept(each, moment);
            each.delete();
            each.goneAfter(Duration.ofSeconds(30));
        });
    }

    private static IntStream every(int step, int from, int to) {
        return IntStream.iterate(from, moment -> moment < to, moment -> moment + step);
    }

    @Test
    void anEnvironmentDeletedWhileAnAppIsBeingUninstalledIsGoneWithin30SecondsAndNothingHangs() {
        leavesNothing(every(200, 0, 6000), (each, millis) -> {
            each.ready();
            each.wantApps();
            each.simulation.advance(Duration.ofMillis(millis));
        });
    }

    @Test
    void thatHoldsWhenItsClusterIsDownJustBefore() {
        leavesNothing(every(200, 0, 6000), (each, millis) -> {
            each.ready();
            each.wantApps();
            each.simulation.advance(Duration.ofMillis(millis));
            each.simulation.inject(new InjectedFault.ClusterDown("dev"));
            each.simulation.advance(Duration.ofMillis(millis / 4));
        });
    }

    @Test
    void anEnvironmentDeletedSecondsAfterItWasMadeLeavesNothingWithin30Seconds() {
        leavesNothing(every(2, 3, 60), (each, seconds) -> {
            each.make();
            each.simulation.advance(Duration.ofSeconds(seconds));
        });
    }

    @Test
    void aNamespaceThatIsLostAndMadeAgainHasItsProvidersOwnNotesAndRestComesBack() {
        ready();
        simulation.delete(Ref.namespace("env-team-a-dev-4bc172e5"));
        simulation.advance(Duration.ofMinutes(40));
        var version = simulation.host().version();
        simulation.advance(Duration.ofHours(1));
        assertEquals(version, simulation.host().version());
        var notes = simulation.host().list("Object").stream()
                .filter(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .equals(Optional.of("namespace")))
                .flatMap(object ->
                        object.text("metadata", "annotations", "crossplane.io/external-create-succeeded").stream())
                .toList();
        assertTrue(notes.getFirst().compareTo("2026") > 0, notes.toString());
    }

    @Test
    void theRefusalSaysThatItCanBeDeletedInAMomentAndADryRunOfADeletionDeletesNothing() {
        ready();
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofSeconds(20)));
        assertTrue(
                simulation.delete(ENVIRONMENT).orElse("").contains("delete the Environment again in a moment"),
                "refused");
        simulation.advance(Duration.ofMinutes(5));
        assertTrue(Conditions.isTrue(simulation.get(ENVIRONMENT).orElseThrow(), "Ready"), "it was not deleted again");
        assertEquals(Optional.empty(), simulation.delete(ENVIRONMENT));
        goneAfter(Duration.ofSeconds(30));
    }

    @Test
    void theEnvironmentDoesNotWaitForTheProviderThatIsToLetTheAppGo() {
        ready();
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofMinutes(1)));
        simulation.inject(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        delete();
        simulation.advance(Duration.ofSeconds(30));
        assertEquals(Optional.empty(), simulation.get(ENVIRONMENT));
        simulation.clear(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM));
        goneAfter(Duration.ofSeconds(30));
    }

    @Test
    void anAppWhoseClusterDiesWhileItIsBeingUninstalledIsLetGoAndTheEnvironmentStays() {
        ready();
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofSeconds(20)));
        simulation.inject(new InjectedFault.ClusterDown("dev"));
        simulation.advance(Duration.ofMinutes(1));
        assertTrue(app().isPresent());
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(Optional.empty(), app());
        simulation.clear(new InjectedFault.ClusterDown("dev"));
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(List.of(), simulation.host().list("Usage"));
        assertTrue(Conditions.isTrue(simulation.get(ENVIRONMENT).orElseThrow(), "Ready"));
    }

    @Test
    void anAppThatIsAskedForAgainComesBackWhenItsFormerSelfHungInADeadCluster() {
        ready();
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofSeconds(20)));
        simulation.inject(new InjectedFault.ClusterDown("dev"));
        wantApps(obj("name", "podinfo"));
        simulation.advance(Duration.ofMinutes(4));
        assertEquals(false, dropped());
        simulation.clear(new InjectedFault.ClusterDown("dev"));
        simulation.advance(Duration.ofMinutes(3));
        assertTrue(Conditions.isTrue(simulation.get(ENVIRONMENT).orElseThrow(), "Ready"));
    }

    @Test
    void anAttemptThatWasRefusedForAnothersSakeDeletesNothing() {
        ready();
        simulation.edit(
                ENVIRONMENT,
                object -> JsonEdit.set(
                        object,
                        "Background",
                        "metadata",
                        "annotations",
                        "usage.crossplane.io/deletion-attempt-with-policy"));
        var deployments = inside("Deployment");
        wantApps();
        simulation.advance(Duration.ofMinutes(2));
        assertEquals(Optional.empty(), app());
        assertEquals(List.of(1, 0), List.of(deployments, inside("Deployment")), "it was uninstalled");
        assertTrue(simulation.get(ENVIRONMENT).isPresent());
    }

    private int inside(String kind) {
        return simulation
                .vcluster("env-team-a-dev-4bc172e5", "dev")
                .orElseThrow()
                .list(kind)
                .size();
    }

    @Test
    void anAppThatCannotBeUninstalledDoesNotKeepTheEnvironmentForEverAfterAnAttemptThatNobodyRepeated() {
        ready();
        simulation.inject(new InjectedFault.UninstallFails("podinfo", "a hook failed"));
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofSeconds(20)));
        assertTrue(simulation.delete(ENVIRONMENT).isPresent());
        simulation.advance(Duration.ofMinutes(5));
        wantApps(obj("name", "podinfo"));
        assertTrue(simulation.runUntil(() -> app().isPresent(), Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(3));
        wantApps();
        assertTrue(simulation.runUntil(this::dropped, Duration.ofMinutes(1)));
        simulation.advance(Duration.ofMinutes(1));
        assertTrue(
                simulation.delete(ENVIRONMENT).orElse("").contains("delete the Environment again when it is gone"),
                "refused");
        assertTrue(dropped(), "it may still succeed");
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(Optional.empty(), app());
        assertEquals(Optional.empty(), simulation.delete(ENVIRONMENT));
        goneAfter(Duration.ofSeconds(30));
    }
}
