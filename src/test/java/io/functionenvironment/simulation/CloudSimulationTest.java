package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
    private static final Ref REF = EnvironmentRun.ENVIRONMENT;
    private static final Json.Obj PODINFO = obj("name", "podinfo");
    private static final Json.Obj USER = obj("name", "user", "catalog", "podinfo", "dependsOn", arr("podinfo"));
    private static final Json.Obj MANIFEST = obj(
            "name",
            "config",
            "dependsOn",
            arr("podinfo"),
            "manifest",
            obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "config", "namespace", "podinfo")));
    private static final Json.Obj NOTHING = obj("apps", arr());
    private static final Json.Obj APPS = obj("apps", arr(PODINFO, USER), "manifests", arr(MANIFEST));
    private static final Json.Obj ARGOCD = obj(
            "apps",
            arr(PODINFO),
            "argocd",
            obj("enabled", true, "repoURL", "https://git.example.com/team/app.git", "path", "deploy"));
    private static final Json.Obj KNATIVE = obj("apps", arr(PODINFO), "knative", obj("enabled", true));

    record Life(String cloud, String name, Json.Obj content, long seed) {
        @Override
        public String toString() {
            return cloud + " with " + name + ", seed " + seed;
        }
    }

    static List<Life> lives() {
        return Stream.of("gke", "aks", "eks")
                .flatMap(cloud -> Stream.of(
                        new Life(cloud, "nothing", NOTHING, 0),
                        new Life(cloud, "apps and manifests", APPS, 0),
                        new Life(cloud, "Argo CD", ARGOCD, 0),
                        new Life(cloud, "Knative", KNATIVE, 0)))
                .flatMap(life ->
                        Stream.of(1L, 2L).map(seed -> new Life(life.cloud(), life.name(), life.content(), seed)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    void nothingIsLostAndNothingIsLeft(Life life) {
        var random = new Random(life.seed());
        var simulation = simulation(life.cloud(), life.seed());
        simulation.host().watch(event -> theClusterGoesLast(simulation, event));
        simulation.apply(environment(life.content()));
        for (var round = 0; round < 4; round++) {
            var fault = fault(random, simulation);
            simulation.inject(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(400)));
            simulation.clear(fault);
        }
        assertTrue(simulation.runUntil(() -> ready(simulation), Duration.ofMinutes(90)), () -> conditions(simulation));
        simulation.advance(Duration.ofMinutes(15));
        nothingObservedIsWithdrawn(simulation);

        set(simulation, new Json.Text("clod"), "size");
        var before = composed(simulation);
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(before, composed(simulation), "a misspelt size changes nothing");
        set(simulation, new Json.Text("small"), "size");
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(before, composed(simulation), "a size of another kind of cluster changes nothing");
        set(simulation, new Json.Text("cloud-large"), "size");
        assertTrue(simulation.runUntil(() -> ready(simulation), Duration.ofMinutes(30)), () -> conditions(simulation));
        set(simulation, new Json.Text("cloud"), "size");

        set(simulation, arr(PODINFO), "apps");
        simulation.advance(Duration.ofMinutes(15));
        assertTrue(ready(simulation), () -> conditions(simulation));

        for (var tries = 0; tries < 60 && simulation.delete(REF).isPresent(); tries++) {
            simulation.advance(Duration.ofSeconds(2));
        }
        simulation.advance(Duration.ofMinutes(60));
        assertEquals(
                List.of(),
                simulation.host().list(object -> !Ref.of(object).equals(Ref.namespace("team-a"))).stream()
                        .map(Ref::of)
                        .filter(ref -> !ref.isKind("EnvironmentConfig"))
                        .toList());
        assertEquals(
                List.of(),
                CloudKinds.ALL.stream()
                        .flatMap(kind -> simulation.externalNames(kind).stream())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"gke, cloud", "gke, cloud-autopilot", "aks, cloud", "eks, cloud", "eks, cloud-given"})
    void aClusterThatTakesTwentyMinutesCostsAtMostThirtyCalls(String cloud, String size) {
        var simulation = slow(cloud, size);
        assertTrue(simulation.runUntil(() -> exists(simulation, "health"), Duration.ofMinutes(60)));
        var calls = calls(simulation);
        assertTrue(calls <= 30, () -> calls + " calls until the cluster exists");
        assertEquals(List.of(), simulation.breakerOpenings(REF));
        assertTrue(simulation.runUntil(() -> ready(simulation), Duration.ofMinutes(30)), () -> conditions(simulation));
    }

    private static Simulation slow(String cloud, String size) {
        var simulation = simulation(cloud, 1);
        simulation.inject(new InjectedFault.SlowCreation("cluster", Duration.ofMinutes(20)));
        simulation.apply(JsonEdit.set(environment(APPS), size, "spec", "size"));
        return simulation;
    }

    private static int calls(Simulation simulation) {
        return simulation.history().stream().mapToInt(Reconciliation::calls).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gke", "aks", "eks"})
    void aClusterThatSomebodyDeletesAtTheCloudDoesNotBlockTheDeletion(String cloud) {
        var simulation = simulation(cloud, 1);
        simulation.apply(environment(APPS));
        assertTrue(simulation.runUntil(() -> ready(simulation), Duration.ofMinutes(60)), () -> conditions(simulation));
        simulation.deleteExternal(clusterName(simulation));
        simulation.delete(REF);
        simulation.advance(Duration.ofHours(2));
        assertEquals(Optional.empty(), simulation.get(REF));
        assertEquals(List.of(), simulation.host().list("Release"));
    }

    private static Simulation simulation(String cloud, long seed) {
        var simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT.withSeed(seed));
        simulation.settings(Optional.of(settings(cloud)));
        return simulation;
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

    private static Json.Obj environment(Json.Obj content) {
        return obj(
                "apiVersion",
                REF.apiVersion(),
                "kind",
                REF.kind(),
                "metadata",
                obj("name", REF.name(), "namespace", REF.namespace()),
                "spec",
                Merge.over(obj("size", "cloud"), content));
    }

    /** In the cluster there is a Helm release until it is uninstalled. */
    private static void theClusterGoesLast(Simulation simulation, WatchEvent event) {
        var deletes =
                event.changes("metadata", "deletionTimestamp") && event.before().isPresent();
        var part = event.before()
                .flatMap(EnvironmentRun::compositionResourceName)
                .filter(name -> Set.of(
                                "resource-group",
                                "vpc",
                                "subnet-1",
                                "role-nodes",
                                "cluster",
                                "cluster-auth",
                                "node-pool")
                        .contains(name));
        if (deletes && part.isPresent()) {
            var releases =
                    simulation.host().list("Release").stream().map(Ref::of).toList();
            if (!releases.isEmpty()) {
                fail(part.get() + " is deleted before " + releases);
            }
        }
    }

    private static void nothingObservedIsWithdrawn(Simulation simulation) {
        for (var each : simulation.history()) {
            each.response().filter(response -> response.fatal().isEmpty()).ifPresent(response -> {
                var dropped = new TreeSet<>(each.request().observed().keySet());
                dropped.removeAll(response.desired().keySet());
                assertEquals(new TreeSet<String>(), dropped, () -> "dropped at " + each.at());
            });
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
