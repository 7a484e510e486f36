package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An Environment in an existing cluster, with faults, along its life. Its charts are uninstalled before its namespace is deleted,
 * because what they create outside of it would stay. In the simulation, the existing cluster is the host.
 */
class ExistingClusterSimulationTest {
    private static final Ref REF = EnvironmentRun.ENVIRONMENT;
    private static final String NAMESPACE = DevEnvironment.HOST_NAMESPACE;
    private static final String RELEASE = "podinfo-jpaxfzo35gcbqyrz";
    private static final Json.Obj PODINFO = obj("name", "podinfo");
    private static final Json.Obj USER = obj("name", "user", "catalog", "podinfo", "dependsOn", arr("podinfo"));
    private static final Json.Obj MANIFEST = obj(
            "name",
            "config",
            "dependsOn",
            arr("podinfo"),
            "manifest",
            obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "config", "namespace", "podinfo")));

    record Contents(List<Json.Obj> apps, List<Json.Obj> manifests, long seed) {
        @Override
        public String toString() {
            return apps.size() + " apps, " + manifests.size() + " manifests, seed " + seed;
        }
    }

    static List<Contents> contents() {
        return Stream.of(
                        new Contents(List.of(), List.of(), 0),
                        new Contents(List.of(PODINFO), List.of(), 0),
                        new Contents(List.of(PODINFO), List.of(MANIFEST), 0),
                        new Contents(List.of(PODINFO, USER), List.of(MANIFEST), 0))
                .flatMap(some ->
                        Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> new Contents(some.apps(), some.manifests(), seed)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void nothingIsLostAndNothingIsLeft(Contents contents) {
        var random = new Random(contents.seed());
        var simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT.withSeed(contents.seed()));
        simulation.host().watch(event -> chartsGoBeforeTheNamespace(simulation, event));
        simulation.settings(Optional.of(settings()));
        simulation.apply(environment(contents));
        for (var round = 0; round < 3; round++) {
            var fault = fault(random);
            simulation.inject(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(180)));
            simulation.clear(fault);
        }
        assertTrue(simulation.runUntil(() -> ready(simulation), Duration.ofMinutes(45)), () -> conditions(simulation));
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(!contents.apps().isEmpty(), installed(simulation));

        set(simulation, new Json.Text("sharde"), "size");
        var before = composed(simulation);
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(before, composed(simulation), "a misspelt size changes nothing");
        set(simulation, new Json.Text("shared"), "size");

        if (contents.apps().size() > 1) {
            set(simulation, arr(PODINFO), "apps");
            simulation.advance(Duration.ofMinutes(10));
            assertTrue(installed(simulation));
            assertEquals(1, simulation.host().list("Release").size());
            assertTrue(ready(simulation), () -> conditions(simulation));
        }

        for (var tries = 0; tries < 60 && simulation.delete(REF).isPresent(); tries++) {
            simulation.advance(Duration.ofSeconds(2));
        }
        simulation.advance(Duration.ofMinutes(10));
        assertEquals(
                List.of(),
                simulation.host().list(object -> !Ref.of(object).equals(Ref.namespace("team-a"))).stream()
                        .map(Ref::of)
                        .filter(ref -> !ref.isKind("EnvironmentConfig"))
                        .toList());
    }

    private static void chartsGoBeforeTheNamespace(Simulation simulation, WatchEvent event) {
        if (event.ref().equals(Ref.namespace(NAMESPACE))
                && event.changes("metadata", "deletionTimestamp")
                && event.before().isPresent()
                && installed(simulation)) {
            fail("the namespace is deleted before its charts are uninstalled");
        }
    }

    private static boolean installed(Simulation simulation) {
        return HelmRecord.get(simulation.host(), NAMESPACE, RELEASE).isPresent();
    }

    private static InjectedFault fault(Random random) {
        var programs = InjectedFault.Program.values();
        return switch (random.nextInt(3)) {
            case 0 -> new InjectedFault.RepositoryDown(RandomEnvironment.REPOSITORY);
            case 1 -> new InjectedFault.InstallFails(RELEASE, 1, "hook failed");
            default -> new InjectedFault.Stopped(programs[random.nextInt(programs.length)]);
        };
    }

    private static Json.Obj settings() {
        var share = obj("providerConfig", "shared-cluster", "cpu", "2", "memory", "4Gi", "pods", 20, "volumes", "20Gi");
        return obj("sizes", obj("shared", obj("existing", share)));
    }

    private static Json.Obj environment(Contents contents) {
        return obj(
                "apiVersion",
                REF.apiVersion(),
                "kind",
                REF.kind(),
                "metadata",
                obj("name", REF.name(), "namespace", REF.namespace()),
                "spec",
                obj("size", "shared", "apps", contents.apps(), "manifests", contents.manifests()));
    }

    private static void set(Simulation simulation, Json value, String field) {
        simulation.edit(REF, object -> JsonEdit.set(object, value, "spec", field));
    }

    private static List<String> composed(Simulation simulation) {
        return new ArrayList<>(
                simulation
                        .host()
                        .list(object ->
                                EnvironmentRun.compositionResourceName(object).isPresent())
                        .stream()
                        .map(object -> Ref.of(object) + " " + object.at("spec"))
                        .sorted()
                        .toList());
    }

    private static boolean ready(Simulation simulation) {
        return Conditions.isTrue(simulation.get(REF).orElseThrow(), "Ready");
    }

    private static String conditions(Simulation simulation) {
        return "" + simulation.get(REF).orElseThrow().at("status", "conditions");
    }
}
