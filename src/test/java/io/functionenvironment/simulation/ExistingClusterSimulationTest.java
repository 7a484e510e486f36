package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An Environment in an existing cluster, with faults, along its life. Its charts are uninstalled before its namespace is deleted,
 * because what they create outside of it would stay. In the simulation, the existing cluster is the host.
 */
class ExistingClusterSimulationTest {
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
        var dev = new DevEnvironment(contents.seed());
        var simulation = dev.simulation;
        simulation.host().watch(event -> chartsGoBeforeTheNamespace(simulation, event));
        simulation.settings(Optional.of(settings()));
        dev.create(obj("size", "shared", "apps", contents.apps(), "manifests", contents.manifests()));
        for (var round = 0; round < 3; round++) {
            var fault = fault(random);
            simulation.inject(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(180)));
            simulation.clear(fault);
        }
        assertTrue(simulation.runUntil(() -> dev.ready(), Duration.ofMinutes(45)), () -> dev.conditions());
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(!contents.apps().isEmpty(), installed(simulation));

        dev.set(new Json.Text("sharde"), "spec", "size");
        var before = dev.composedSpecs();
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(before, dev.composedSpecs(), "a misspelt size changes nothing");
        dev.set(new Json.Text("shared"), "spec", "size");

        if (contents.apps().size() > 1) {
            dev.set(arr(PODINFO), "spec", "apps");
            simulation.advance(Duration.ofMinutes(10));
            assertTrue(installed(simulation));
            assertEquals(1, simulation.host().list("Release").size());
            assertTrue(dev.ready(), () -> dev.conditions());
        }

        dev.delete(60, Duration.ofSeconds(2));
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(10));
    }

    @Test
    void severalAppsNeverOpenTheBreakerThoughEachHasUsages() {
        var dev = new DevEnvironment();
        dev.simulation.settings(Optional.of(settings()));
        dev.create(Merge.over(AddOns.SEVERAL, obj("size", "shared")));
        assertTrue(dev.simulation.runUntil(dev::ready, Duration.ofMinutes(15)), dev::conditions);
        assertTrue(dev.lowestBreakerTokens() >= 10, () -> "" + dev.lowestBreakerTokens());
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
}
