package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app with an address by a Gateway along its life: its route comes after it and goes before it, and nothing of it is left. */
class GatewayTest {
    private static final String ADDRESS = "https://podinfo.dev.team-a.apps.example.org";
    private static final Json.Obj GATEWAY = obj("namespace", "gateways", "name", "public", "tls", "Listener");
    private static final Json.Obj PODINFO = obj("name", "podinfo", "expose", obj("service", "podinfo", "port", 9898));

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    private void created(Json.Obj more) {
        simulation.settings(Optional.of(Merge.over(obj("domain", "apps.example.org", "gateway", GATEWAY), more)));
        dev.create(obj("size", "small", "apps", arr(PODINFO)));
        served();
    }

    private void served() {
        assertTrue(
                simulation.runUntil(() -> dev.ready() && url().equals(Optional.of(ADDRESS)), Duration.ofMinutes(15)),
                dev::conditions);
    }

    private Optional<String> url() {
        return simulation.get(DevEnvironment.REF).orElseThrow().text("status", "url");
    }

    private List<Json.Obj> routes() {
        return simulation.host().list("HTTPRoute");
    }

    @Test
    void nothingIsLeftAfterADeletion() {
        created(obj());
        assertEquals(1, routes().size());
        dev.delete();
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(5));
    }

    @Test
    void theRouteIsDeletedTooWhereTheHostNamespaceStays() {
        created(obj("host", obj("composeNamespace", false)));
        assertEquals(1, routes().size());
        dev.delete(60, Duration.ofSeconds(2));
        simulation.advance(Duration.ofMinutes(5));
        assertEquals(List.of(), routes());
        assertTrue(!dev.exists());
    }

    @Test
    void theRouteGoesBeforeTheAppAndTheEnvironmentStaysReady() {
        created(obj());
        var gone = new ArrayList<String>();
        simulation.host().watch(event -> {
            if (event.after().isEmpty() && event.ref().isKind("HTTPRoute")) {
                gone.add("route, with " + dev.deploymentsInTheCluster() + " Deployment");
            }
        });
        dev.removeApp();
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(List.of("route, with 1 Deployment"), gone);
        assertEquals(0, dev.deploymentsInTheCluster());
        assertEquals(Optional.empty(), url());
        assertTrue(dev.ready(), dev::conditions);
    }

    @Test
    void theRouteOfARemovedAppGoesThoughTheClusterDoesNotRespond() {
        created(obj());
        simulation.inject(new InjectedFault.ClusterDown("dev"));
        dev.removeApp();
        simulation.advance(Duration.ofMinutes(6));
        assertEquals(List.of(), routes());
        assertEquals(Optional.empty(), dev.app());
        assertEquals(Optional.empty(), dev.composed("route-podinfo"));
    }

    @Test
    void aRouteThatSomebodyDeletedComesBack() {
        created(obj());
        simulation.host().delete(Ref.of(routes().getFirst()));
        simulation.advance(Duration.ofMinutes(12));
        assertEquals(1, routes().size());
        served();
    }

    @Test
    void anotherGatewayServesTheAddressAndTheClusterDoesNotRestart() {
        created(obj("gateway", obj("controllerNamespace", "envoy")));
        var before = dev.composed("cluster").orElseThrow().at("spec");
        simulation.settings(Optional.of(obj(
                "domain",
                "apps.example.org",
                "gateway",
                Merge.over(GATEWAY, obj("controllerNamespace", "envoy", "name", "internal")))));
        simulation.advance(Duration.ofMinutes(20));
        assertEquals(
                Optional.of("internal"),
                routes().getFirst().items("spec", "parentRefs").getFirst().text("name"));
        assertEquals(before, dev.composed("cluster").orElseThrow().at("spec"));
        served();
    }

    @Test
    void anIngressGivesWayToARouteAndARouteToAnIngress() {
        created(obj());
        for (var ingress : List.of(true, false)) {
            simulation.settings(Optional.of(Merge.over(
                    obj("domain", "apps.example.org"),
                    ingress ? obj("ingress", obj("tls", "Controller")) : obj("gateway", GATEWAY))));
            simulation.advance(Duration.ofMinutes(20));
            served();
            assertEquals(ingress ? 0 : 1, routes().size());
            assertEquals(
                    ingress ? 1 : 0,
                    simulation
                            .vcluster(DevEnvironment.HOST_NAMESPACE, "dev")
                            .orElseThrow()
                            .list("Ingress")
                            .size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROVIDER_HELM", "PROVIDER_KUBERNETES"})
    void anEnvironmentIsDeletedThoughAProviderIsStoppedForAWhile(String program) {
        created(obj());
        var fault = new InjectedFault.Stopped(InjectedFault.Program.valueOf(program));
        simulation.inject(fault);
        dev.delete(60, Duration.ofSeconds(2));
        simulation.advance(Duration.ofMinutes(2));
        simulation.clear(fault);
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(10));
    }
}
