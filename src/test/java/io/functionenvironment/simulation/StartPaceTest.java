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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an Environment costs of the 100 tokens of Crossplane's watch circuit breaker, which gets back one a second. */
class StartPaceTest {
    private static final Ref DEV = new Ref("platform.internal/v1beta1", "Environment", "team-a", "dev");

    private final Simulation simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT);

    private void create(int apps) {
        simulation.apply(obj(
                "apiVersion",
                DEV.apiVersion(),
                "kind",
                DEV.kind(),
                "metadata",
                obj("name", DEV.name(), "namespace", DEV.namespace()),
                "spec",
                obj("size", "large", "apps", apps(apps))));
    }

    private static Json apps(int count) {
        return arr(IntStream.range(0, count)
                .mapToObj(app -> obj("name", "app-" + app, "catalog", "podinfo"))
                .toArray());
    }

    private boolean ready() {
        return Conditions.isTrue(simulation.get(DEV).orElseThrow(), "Ready");
    }

    private long readyReleases() {
        return simulation.host().list("Release").stream()
                .filter(release -> Conditions.isTrue(release, "Ready"))
                .count();
    }

    private double secondsUntilReady(long releases) {
        var start = simulation.now();
        assertTrue(simulation.runUntil(() -> readyReleases() >= releases, Duration.ofMinutes(10)));
        return Duration.between(start, simulation.now()).toMillis() / 1000.0;
    }

    @Test
    void tenAppsAreInstalledWithinTwoAndAHalfMinutesAndTheBucketKeepsTenTokens() {
        create(10);
        secondsUntilReady(1);
        var first = secondsUntilReady(2);
        var all = first + secondsUntilReady(11);
        assertTrue(simulation.runUntil(this::ready, Duration.ofSeconds(10)));
        var lowest = simulation.lowestBreakerTokens(DEV);
        assertTrue(
                first <= 10 && all <= 150 && lowest >= 10,
                "first after %.0f s, all after %.0f s, lowest %.0f".formatted(first, all, lowest));
    }

    @Test
    void twentyAppsNeverOpenTheBreaker() {
        create(20);
        assertTrue(simulation.runUntil(this::ready, Duration.ofMinutes(5)), "" + readyReleases());
        assertEquals(List.of(), simulation.breakerOpenings(DEV));
        assertTrue(simulation.lowestBreakerTokens(DEV) >= 10, "" + simulation.lowestBreakerTokens(DEV));
    }

    @Test
    void moreAppsStartTogetherWhereThePlatformNamesALargerBucket() {
        simulation.settings(Optional.of(obj("timing", obj("circuitBreakerTokens", 500))));
        create(20);
        secondsUntilReady(1);
        assertTrue(secondsUntilReady(21) <= 10);
    }

    @Test
    void theConditionOfTheAppsStaysTheSameWhileOneIsInvalidAndOthersProgress() {
        create(10);
        simulation.edit(
                DEV,
                object -> JsonEdit.set(
                        object,
                        new Json.Arr(Stream.concat(
                                        object.items("spec", "apps").stream(),
                                        Stream.of(obj("name", "unknown", "catalog", "unknown")))
                                .toList()),
                        "spec",
                        "apps"));
        secondsUntilReady(11);
        simulation.advance(Duration.ofMinutes(1));
        var messages = simulation.history().stream()
                .flatMap(reconciliation -> reconciliation.response().stream())
                .flatMap(response -> response.conditions().stream())
                .filter(condition -> condition.type().equals("AppsReady"))
                .map(condition -> condition.message())
                .distinct()
                .toList();
        assertEquals(1, messages.size(), messages::toString);
    }

    @Test
    void appsThatAreAddedToAnEnvironmentInSteadyStateStartAtOnce() {
        create(1);
        assertTrue(simulation.runUntil(this::ready, Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(5));
        simulation.edit(DEV, object -> JsonEdit.set(object, apps(5), "spec", "apps"));
        secondsUntilReady(6);
        assertTrue(secondsUntilReady(6) <= 10);
        assertTrue(simulation.lowestBreakerTokens(DEV) >= 10, "" + simulation.lowestBreakerTokens(DEV));
    }
}
