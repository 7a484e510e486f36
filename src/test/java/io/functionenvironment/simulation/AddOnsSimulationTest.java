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
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An Environment with each add-on in a virtual cluster of each shape, and in an existing cluster that trusts the team, with faults,
 * along its life. {@link CloudSimulationTest} is about clusters at cloud providers.
 */
class AddOnsSimulationTest {
    private static final String TRUSTED = "trusted";
    /** What {@link ExistingClusterSimulationTest} does not have, because only trusted teams may request it. */
    private static final Set<String> ONCE = Set.of("Argo CD", "Knative");

    private static final Set<String> LEFT_BY_CHARTS = Set.of("Namespace", "CustomResourceDefinition");

    private static final Json.Obj VCLUSTER = obj(
            "cpu", "8",
            "memory", "16Gi",
            "pods", 80,
            "volumes", "20Gi",
            "storage", "5Gi",
            "controlPlane", obj("cpu", "1", "memory", "1Gi"));
    private static final Json.Obj SIZES = obj(
            "single",
            obj("vcluster", VCLUSTER),
            "replicated",
            obj("vcluster", Merge.over(VCLUSTER, obj("highAvailability", true))),
            "west",
            obj(
                    "vcluster",
                    Merge.over(
                            VCLUSTER,
                            obj(
                                    "host",
                                    obj(
                                            "providerConfig",
                                            "host-west",
                                            "address",
                                            "https://<hostNamespace>.west.example.org")))),
            TRUSTED,
            obj(
                    "existing",
                    obj(
                            "providerConfig",
                            "shared-cluster",
                            "cpu",
                            "8",
                            "memory",
                            "16Gi",
                            "pods",
                            80,
                            "volumes",
                            "20Gi",
                            "trusted",
                            true)));

    record Life(String size, String name, Json.Obj content, long seed) {
        @Override
        public String toString() {
            return size + " with " + name + ", seed " + seed;
        }
    }

    static List<Life> lives() {
        return Stream.of("single", "replicated", "west", TRUSTED)
                .flatMap(size -> AddOns.ALL.entrySet().stream()
                        .filter(content -> !size.equals(TRUSTED) || ONCE.contains(content.getKey()))
                        .map(content -> new Life(size, content.getKey(), content.getValue(), size.length())))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    void nothingIsLostAndNothingIsLeft(Life life) {
        var random = new Random(life.seed());
        var dev = new DevEnvironment(life.seed());
        var simulation = dev.simulation;
        var west = simulation.addHost("host-west");
        simulation.settings(Optional.of(obj("sizes", SIZES)));
        dev.create(Merge.over(obj("size", life.size()), life.content()));
        for (var round = 0; round < 4; round++) {
            var fault = fault(random);
            simulation.inject(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(300)));
            simulation.clear(fault);
        }
        assertTrue(simulation.runUntil(() -> dev.ready(), Duration.ofMinutes(60)), () -> dev.conditions());
        simulation.advance(Duration.ofMinutes(15));
        dev.assertNothingObservedIsWithdrawn();

        dev.set(new Json.Text("singel"), "spec", "size");
        var before = dev.composedSpecs();
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(before, dev.composedSpecs(), "a misspelt size changes nothing");
        dev.set(new Json.Text(life.size()), "spec", "size");
        dev.set(arr(AddOns.PODINFO), "spec", "apps");
        simulation.advance(Duration.ofMinutes(15));
        assertTrue(dev.ready(), () -> dev.conditions());

        dev.delete(60, Duration.ofSeconds(2));
        simulation.advance(Duration.ofMinutes(30));
        assertEquals(
                List.of(),
                dev.left().stream()
                        .filter(ref -> !life.size().equals(TRUSTED) || !LEFT_BY_CHARTS.contains(ref.kind()))
                        .toList());
        assertEquals(List.of(), west.list(object -> true));
    }

    private static InjectedFault fault(Random random) {
        var programs = InjectedFault.Program.values();
        return switch (random.nextInt(4)) {
            case 0 -> new InjectedFault.RepositoryDown("oci://ghcr.io");
            case 1 -> new InjectedFault.InstallFails("podinfo", 1, "hook failed");
            case 2 -> new InjectedFault.ClusterDown("dev");
            default -> new InjectedFault.Stopped(programs[random.nextInt(programs.length)]);
        };
    }
}
