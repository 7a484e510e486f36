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
import java.util.TreeSet;

/** The Environment dev, mostly with the app podinfo, in a simulation. */
final class DevEnvironment {
    static final String HOST_NAMESPACE = "env-team-a-dev-jpaxfzo35gcbqyrz";
    static final Ref REF = new Ref("platform.internal/v1beta1", "Environment", "team-a", "dev");

    final Simulation simulation;

    DevEnvironment() {
        simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT);
    }

    DevEnvironment(long seed) {
        simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT.withSeed(seed));
    }

    DevEnvironment create() {
        return create("small");
    }

    DevEnvironment create(String size) {
        return create(obj("size", size, "apps", arr(podinfo())));
    }

    DevEnvironment create(Json.Obj spec) {
        simulation.apply(obj(
                "apiVersion",
                REF.apiVersion(),
                "kind",
                REF.kind(),
                "metadata",
                obj("name", REF.name(), "namespace", REF.namespace()),
                "spec",
                spec));
        return this;
    }

    /** Creates it, and advances until it has been ready for five minutes. */
    DevEnvironment createReady() {
        create();
        assertTrue(simulation.runUntil(this::ready, Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(5));
        return this;
    }

    void removeApp() {
        set(arr(), "spec", "apps");
    }

    void addApp() {
        set(arr(podinfo()), "spec", "apps");
    }

    private static Json.Obj podinfo() {
        return obj("name", "podinfo");
    }

    void set(Json value, String... path) {
        simulation.edit(REF, object -> JsonEdit.set(object, value, path));
    }

    /** Removes the app and advances until its Release is being deleted. */
    void removeAppUntilItsReleaseIsDeleting() {
        removeApp();
        assertTrue(simulation.runUntil(this::appIsDeleting, Duration.ofMinutes(1)));
    }

    /** Deletes it once; returns the error if that is denied. */
    Optional<String> tryDelete() {
        return simulation.delete(REF);
    }

    /** Deletes it, and again each second while that is denied. */
    void delete() {
        delete(10, Duration.ofSeconds(1));
    }

    void delete(int most, Duration interval) {
        for (var tries = 0; tryDelete().isPresent() && tries < most; tries++) {
            simulation.advance(interval);
        }
    }

    double lowestBreakerTokens() {
        return simulation.lowestBreakerTokens(REF);
    }

    boolean exists() {
        return simulation.get(REF).isPresent();
    }

    boolean ready() {
        return Conditions.isTrue(simulation.get(REF).orElseThrow(), "Ready");
    }

    String conditions() {
        return "" + simulation.get(REF).orElseThrow().at("status", "conditions");
    }

    Optional<Json.Obj> composed(String name) {
        return simulation
                .host()
                .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .equals(Optional.of(name)))
                .stream()
                .findFirst();
    }

    /** All that is composed, each with what is desired of it. */
    List<String> composedSpecs() {
        return simulation
                .host()
                .list(object -> EnvironmentRun.compositionResourceName(object).isPresent())
                .stream()
                .map(object -> Ref.of(object) + " " + object.at("spec"))
                .sorted()
                .toList();
    }

    Optional<Json.Obj> app() {
        return composed("app-podinfo");
    }

    boolean appIsDeleting() {
        return app().filter(app -> app.at("metadata", "deletionTimestamp").isPresent())
                .isPresent();
    }

    int deploymentsInTheCluster() {
        return simulation
                .vcluster(HOST_NAMESPACE, "dev")
                .orElseThrow()
                .list("Deployment")
                .size();
    }

    void assertNothingObservedIsWithdrawn() {
        for (var each : simulation.history()) {
            each.response().filter(response -> response.fatal().isEmpty()).ifPresent(response -> {
                var dropped = new TreeSet<>(each.request().observed().keySet());
                dropped.removeAll(response.desired().keySet());
                assertEquals(new TreeSet<String>(), dropped, () -> "dropped at " + each.at());
            });
        }
    }

    void assertNothingIsLeftAfter(Duration time) {
        simulation.advance(time);
        assertEquals(List.of(), left());
    }

    /** What is in the host cluster that is not the platform's. */
    List<Ref> left() {
        return simulation.host().list(object -> !Ref.of(object).equals(Ref.namespace("team-a"))).stream()
                .map(Ref::of)
                // The Settings are the platform's.
                .filter(ref -> !ref.isKind("EnvironmentConfig"))
                .toList();
    }
}
