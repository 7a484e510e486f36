package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.cluster.aks.Aks;
import io.functionenvironment.cluster.cloud.Cloud;
import io.functionenvironment.cluster.eks.Eks;
import io.functionenvironment.cluster.gke.Gke;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An Environment whose cluster is at a cloud provider, with all add-ons and with faults, along its life. Everything in the cluster is
 * uninstalled before the cluster is deleted, because load balancers and disks would stay.
 */
class CloudSimulationTest {
    private static final Ref REF = DevEnvironment.REF;
    private static final Set<String> PARTS = Stream.<Cloud>of(new Gke(), new Aks(), new Eks())
            .flatMap(cloud -> cloud.partNames().stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final Json.Obj APPS = AddOns.APPS;

    record Life(String cloud, String name, Json.Obj content, long seed) {
        @Override
        public String toString() {
            return cloud + " with " + name + ", seed " + seed;
        }
    }

    static List<Life> lives() {
        return Stream.of("gke", "aks", "eks")
                .flatMap(cloud -> AddOns.ALL.entrySet().stream()
                        .flatMap(content -> Stream.of(1L, 2L)
                                .map(seed -> new Life(cloud, content.getKey(), content.getValue(), seed))))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    void nothingIsLostAndNothingIsLeft(Life life) {
        var random = new Random(life.seed());
        var dev = dev(life.cloud(), life.seed());
        var simulation = dev.simulation;
        simulation.host().watch(event -> theClusterGoesLast(simulation, event));
        dev.create(spec(life.content()));
        for (var round = 0; round < 4; round++) {
            var fault = fault(random, simulation);
            simulation.inject(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(400)));
            simulation.clear(fault);
        }
        assertTrue(simulation.runUntil(() -> dev.ready(), Duration.ofMinutes(90)), () -> dev.conditions());
        simulation.advance(Duration.ofMinutes(15));
        dev.assertNothingObservedIsWithdrawn();

        var parts = parts(simulation);
        dev.set(new Json.Text("clod"), "spec", "size");
        var before = dev.composedSpecs();
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(before, dev.composedSpecs(), "a misspelt size changes nothing");
        dev.set(new Json.Text("small"), "spec", "size");
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(before, dev.composedSpecs(), "a size of another kind of cluster changes nothing");
        dev.set(new Json.Text("cloud-large"), "spec", "size");
        simulation.advance(Duration.ofMinutes(15));
        assertTrue(dev.ready(), () -> dev.conditions());
        assertNotEquals(parts, parts(simulation), "a larger size changes the parts");
        dev.set(new Json.Text("cloud"), "spec", "size");

        dev.set(arr(AddOns.PODINFO), "spec", "apps");
        simulation.advance(Duration.ofMinutes(15));
        assertTrue(dev.ready(), () -> dev.conditions());
        assertEquals(parts, parts(simulation), "nothing of the larger size is left");

        dev.delete(60, Duration.ofSeconds(2));
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(60));
        assertEquals(
                List.of(),
                CloudKinds.ALL.stream()
                        .flatMap(kind -> simulation.externalNames(kind).stream())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"gke, cloud", "gke, cloud-autopilot", "aks, cloud", "eks, cloud", "eks, cloud-given"})
    void aClusterThatTakesTwentyMinutesCostsAtMostThirtyCalls(String cloud, String size) {
        var dev = slow(cloud, size);
        var simulation = dev.simulation;
        assertTrue(simulation.runUntil(() -> exists(simulation, "health"), Duration.ofMinutes(60)));
        var calls = calls(simulation);
        assertTrue(calls <= 30, () -> calls + " calls until the cluster exists");
        assertEquals(List.of(), simulation.breakerOpenings(REF));
        assertTrue(simulation.runUntil(() -> dev.ready(), Duration.ofMinutes(30)), () -> dev.conditions());
    }

    private static DevEnvironment slow(String cloud, String size) {
        var dev = dev(cloud, 1);
        dev.simulation.inject(new InjectedFault.SlowCreation("cluster", Duration.ofMinutes(20)));
        return dev.create(Merge.over(APPS, obj("size", size)));
    }

    /** What is desired of the parts of the cluster, also by what their providers wrote. */
    private static Map<Ref, Optional<Json>> parts(Simulation simulation) {
        return CloudKinds.ALL.stream()
                .map(ManagedKind::kind)
                .distinct()
                .flatMap(kind -> simulation.host().list(kind).stream())
                .collect(Collectors.toMap(Ref::of, part -> part.at("spec")));
    }

    private static int calls(Simulation simulation) {
        return simulation.history().stream().mapToInt(Reconciliation::calls).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gke", "aks", "eks"})
    void severalAppsNeverOpenTheBreakerThoughEachHasUsages(String cloud) {
        var dev = dev(cloud, 1).create(spec(AddOns.SEVERAL));
        assertTrue(dev.simulation.runUntil(dev::ready, Duration.ofMinutes(60)), dev::conditions);
        assertTrue(dev.lowestBreakerTokens() >= 10, () -> "" + dev.lowestBreakerTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gke", "aks", "eks"})
    void aClusterThatSomebodyDeletesAtTheCloudDoesNotBlockTheDeletion(String cloud) {
        var dev = dev(cloud, 1).create(spec(APPS));
        var simulation = dev.simulation;
        assertTrue(simulation.runUntil(() -> dev.ready(), Duration.ofMinutes(60)), () -> dev.conditions());
        simulation.deleteExternal(clusterName(simulation));
        dev.tryDelete();
        simulation.advance(Duration.ofHours(2));
        assertFalse(dev.exists());
        assertEquals(List.of(), simulation.host().list("Release"));
    }

    @ParameterizedTest
    @CsvSource({
        "gke, cloud, gcp-environments, cannot extract Google",
        "aks, cloud-entra, azure-environments, failed to extract Azure"
    })
    void aMissingSecretOfTheIdentityIsReportedInTheProvidersWordsUntilItExists(
            String cloud, String size, String secret, String words) {
        var missing = new InjectedFault.IdentityMissing(secret);
        var dev = dev(cloud, 1);
        dev.simulation.inject(missing);
        dev.create(Merge.over(APPS, obj("size", size)));
        assertTrue(dev.simulation.runUntil(() -> exists(dev.simulation, "health"), Duration.ofMinutes(60)));
        dev.simulation.advance(Duration.ofMinutes(10));
        assertTrue(
                dev.conditions()
                        .contains(
                                "component health: the identity of the size cannot be used (connect failed: cannot build kube"
                                        + " client for provider config: cannot get REST config for provider: " + words
                                        + " Application Credentials: cannot get credentials secret: Secret \""
                                        + secret
                                        + "\" not found)"),
                dev::conditions);
        assertFalse(exists(dev.simulation, "app-podinfo"));
        dev.simulation.clear(missing);
        assertTrue(dev.simulation.runUntil(dev::ready, Duration.ofMinutes(10)), dev::conditions);
    }

    private static DevEnvironment dev(String cloud, long seed) {
        var dev = new DevEnvironment(seed);
        dev.simulation.settings(Optional.of(settings(cloud)));
        return dev;
    }

    private static Json.Obj settings(String cloud) {
        try {
            return Yaml.documents(Files.readString(Path.of("examples", cloud, "settings.yaml")))
                    .getFirst()
                    .object("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json.Obj spec(Json.Obj content) {
        return Merge.over(obj("size", "cloud"), content);
    }

    /** In the cluster there is a Helm release until it is uninstalled. */
    private static void theClusterGoesLast(Simulation simulation, WatchEvent event) {
        var deletes =
                event.changes("metadata", "deletionTimestamp") && event.before().isPresent();
        var part =
                event.before().flatMap(EnvironmentRun::compositionResourceName).filter(PARTS::contains);
        if (deletes && part.isPresent()) {
            var releases =
                    simulation.host().list("Release").stream().map(Ref::of).toList();
            if (!releases.isEmpty()) {
                fail(part.get() + " is deleted before " + releases);
            }
        }
    }

    private static InjectedFault fault(Random random, Simulation simulation) {
        var programs = InjectedFault.Program.values();
        return switch (random.nextInt(5)) {
            case 0 -> new InjectedFault.RepositoryDown("oci://ghcr.io");
            case 1 -> new InjectedFault.InstallFails("podinfo", 1, "hook failed");
            case 2 ->
                new InjectedFault.ExternalFails(
                        random.nextBoolean() ? "Cluster" : "KubernetesCluster",
                        clusterName(simulation),
                        "quota exceeded");
            case 3 -> new InjectedFault.ClusterDown(clusterName(simulation));
            default -> new InjectedFault.Stopped(programs[random.nextInt(programs.length)]);
        };
    }

    private static boolean exists(Simulation simulation, String component) {
        return !simulation
                .host()
                .list(object -> EnvironmentRun.compositionResourceName(object)
                        .filter(component::equals)
                        .isPresent())
                .isEmpty();
    }

    private static String clusterName(Simulation simulation) {
        return simulation
                .get(REF)
                .flatMap(found -> found.text("status", "cluster", "name"))
                .orElse("none");
    }
}
