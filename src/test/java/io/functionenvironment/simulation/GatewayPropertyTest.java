package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stops while an app comes, goes and is exposed: no route leads to an app that is being uninstalled, the address comes back,
 * and nothing is left in the end.
 */
class GatewayPropertyTest {
    private static final Json.Obj HIDDEN = obj("name", "podinfo");
    private static final Json.Obj EXPOSED = obj("name", "podinfo", "expose", obj("service", "podinfo", "port", 9898));
    private static final List<InjectedFault> FAULTS = List.of(
            new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM),
            new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES),
            new InjectedFault.Stopped(InjectedFault.Program.FUNCTION),
            new InjectedFault.ClusterDown("dev"));

    static List<Long> seeds() {
        return LongStream.rangeClosed(1, 20).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anAppHasItsRouteBeforeAndNotAfter(long seed) {
        var random = new Random(seed);
        var dev = new DevEnvironment(seed);
        var simulation = dev.simulation;
        simulation.settings(Optional.of(
                obj("domain", "apps.example.org", "gateway", obj("namespace", "gateways", "name", "public"))));
        dev.create(obj("size", "small", "apps", arr(EXPOSED)));
        simulation.advance(Duration.ofSeconds(random.nextInt(120)));
        simulation.host().watch(event -> theRouteGoesFirst(simulation, event));
        for (var round = 0; round < 5; round++) {
            var fault = FAULTS.get(random.nextInt(FAULTS.size()));
            simulation.inject(fault);
            dev.set(List.of(arr(), arr(HIDDEN), arr(EXPOSED)).get(random.nextInt(3)), "spec", "apps");
            simulation.advance(Duration.ofSeconds(random.nextInt(300)));
            simulation.clear(fault);
            simulation.advance(Duration.ofSeconds(random.nextInt(60)));
        }
        dev.set(arr(EXPOSED), "spec", "apps");
        assertTrue(
                simulation.runUntil(
                        () -> dev.ready() && url(dev).equals(Optional.of("http://podinfo.dev.team-a.apps.example.org")),
                        Duration.ofMinutes(45)),
                dev::conditions);
        assertEquals(1, simulation.host().list("HTTPRoute").size());
        dev.delete(60, Duration.ofSeconds(2));
        dev.assertNothingIsLeftAfter(Duration.ofMinutes(10));
    }

    private static Optional<String> url(DevEnvironment dev) {
        return dev.simulation.get(DevEnvironment.REF).orElseThrow().text("status", "url");
    }

    private static void theRouteGoesFirst(Simulation simulation, WatchEvent event) {
        var uninstalled = event.ref().isKind("Release")
                && event.before()
                        .flatMap(EnvironmentRun::compositionResourceName)
                        .filter("app-podinfo"::equals)
                        .isPresent()
                && event.changes("metadata", "deletionTimestamp");
        var stays = simulation
                .get(DevEnvironment.REF)
                .filter(environment ->
                        environment.at("metadata", "deletionTimestamp").isEmpty())
                .isPresent();
        if (uninstalled && stays && !simulation.host().list("HTTPRoute").isEmpty()) {
            fail("the app is uninstalled before its route is gone");
        }
    }
}
