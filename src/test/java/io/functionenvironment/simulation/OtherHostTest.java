package io.functionenvironment.simulation;

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

/** A virtual cluster in another host cluster along its life: everything of it is there, and nothing of it is left. */
class OtherHostTest {
    private static final Ref NAMESPACE = Ref.namespace(DevEnvironment.HOST_NAMESPACE);

    private final DevEnvironment dev = new DevEnvironment();
    private final Cluster west = dev.simulation.addHost("host-west");

    private void create(String size) {
        offer(obj("address", "https://<hostNamespace>.west.example.org"));
        dev.create(size);
    }

    private void offer(Json.Obj address) {
        var vcluster = obj(
                "cpu", "2",
                "memory", "4Gi",
                "pods", 20,
                "volumes", "20Gi",
                "storage", "5Gi",
                "controlPlane", obj("cpu", "1", "memory", "1Gi"),
                "host", Merge.over(obj("providerConfig", "host-west"), address));
        dev.simulation.settings(Optional.of(obj("sizes", obj("west", obj("vcluster", vcluster)))));
    }

    private void created(String size) {
        create(size);
        becomesReady();
    }

    private void becomesReady() {
        assertTrue(dev.simulation.runUntil(dev::ready, Duration.ofMinutes(15)), dev::conditions);
    }

    /** The objects of virtual clusters in a host cluster. */
    private static List<String> kinds(Cluster host) {
        return host.list(object -> Ref.of(object).namespace().equals(NAMESPACE.name())).stream()
                .map(object -> Ref.of(object).kind())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void everythingOfItIsInItsHostCluster() {
        created("west");
        assertTrue(west.get(NAMESPACE).isPresent());
        assertEquals(
                List.of("PersistentVolumeClaim", "Pod", "ResourceQuota", "Secret", "Service", "StatefulSet"),
                kinds(west));
        assertEquals(Optional.empty(), dev.simulation.get(NAMESPACE));
        assertEquals(List.of(), kinds(dev.simulation.host()));
    }

    /** One after the other, because a policy refuses a name that the namespace does not have. */
    @Test
    void aNewNameIsOnTheNamespaceAndThenInTheChart() {
        created("west");
        offer(obj("address", "https://<hostNamespace>.new.example.org", "expose", "LoadBalancer"));
        var name = DevEnvironment.HOST_NAMESPACE + ".new.example.org";
        assertTrue(dev.simulation.runUntil(() -> claimed().equals(Optional.of(name)), Duration.ofMinutes(12)));
        assertEquals(Optional.of(name), nameOnTheNamespace());
        becomesReady();
    }

    private Optional<String> claimed() {
        return dev.composed("cluster")
                .orElseThrow()
                .object("spec", "forProvider", "values", "controlPlane", "service", "annotations")
                .text("external-dns.alpha.kubernetes.io/hostname");
    }

    private Optional<String> nameOnTheNamespace() {
        return west.get(NAMESPACE)
                .orElseThrow()
                .text("metadata", "annotations", "environment.fn.crossplane.io/exposed-name");
    }

    @Test
    void nothingOfItIsLeftAfterItsDeletion() {
        created("west");
        dev.delete();
        dev.simulation.advance(Duration.ofMinutes(5));
        assertEquals(List.of(), west.list(object -> true));
        dev.simulation.settings(Optional.empty());
        dev.assertNothingIsLeftAfter(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"west", "small"})
    void aSizeInTheOtherHostClusterChangesNothing(String size) {
        created(size);
        var before = List.of(kinds(west), kinds(dev.simulation.host()));
        dev.set(new Json.Text(size.equals("west") ? "small" : "west"), "spec", "size");
        dev.simulation.advance(Duration.ofMinutes(20));
        assertEquals(before, List.of(kinds(west), kinds(dev.simulation.host())));
        assertTrue(dev.conditions().contains("which cannot move"), dev::conditions);
        assertTrue(dev.app().isPresent());
        dev.set(new Json.Text(size), "spec", "size");
        becomesReady();
    }

    @Test
    void itStartsThoughProvidersStopAndTheClusterFails() {
        var faults = List.of(
                new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM),
                new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES),
                new InjectedFault.ClusterDown("dev"));
        for (var fault : faults) {
            var other = new OtherHostTest();
            other.create("west");
            for (var round = 0; round < 2; round++) {
                other.dev.simulation.inject(fault);
                other.dev.simulation.advance(Duration.ofMinutes(2));
                other.dev.simulation.clear(fault);
                other.becomesReady();
            }
            other.dev.delete();
            other.dev.simulation.advance(Duration.ofMinutes(5));
            assertEquals(List.of(), other.west.list(object -> true));
        }
    }
}
