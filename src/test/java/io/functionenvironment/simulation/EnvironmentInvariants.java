package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

/** What holds for every Environment, whatever happens to it. The first three are checked on every event. */
final class EnvironmentInvariants {
    private static final String DEPENDENCIES = "environment.fn.crossplane.io/depends-on";

    private final EnvironmentRun run;
    private final Simulation simulation;

    EnvironmentInvariants(EnvironmentRun run) {
        this.run = run;
        this.simulation = run.simulation;
        simulation.host().watch(this::dependentsAreDeletedFirst);
        simulation.host().watch(this::clusterIsKept);
        simulation.host().watch(this::referencesExist);
    }

    private void dependentsAreDeletedFirst(WatchEvent event) {
        if (run.deleting || !event.ref().isKind("Release") || run.deletedByHand.contains(event.ref())) {
            return;
        }
        var deletes = event.changes("metadata", "deletionTimestamp")
                && event.before()
                        .filter(before ->
                                before.at("metadata", "deletionTimestamp").isEmpty())
                        .isPresent();
        if (deletes) {
            var name = EnvironmentRun.compositionResourceName(event.before().orElseThrow())
                    .orElse("");
            simulation.host().list("Release").stream()
                    .filter(other -> other.text("metadata", "annotations", DEPENDENCIES)
                            .filter(on -> on.contains(name + "/") && on.contains("/UNINSTALL_FIRST"))
                            .isPresent())
                    .filter(other -> !run.deletedByHand.contains(Ref.of(other)))
                    .filter(other -> !isOrphaned(other))
                    .findFirst()
                    .ifPresent(other -> fail(name + " is deleted before " + Ref.of(other) + ", which depends on it"));
        }
    }

    /** A deleted Release without the policy Delete is not uninstalled; a stopped provider only has to remove its finalizer. */
    private static boolean isOrphaned(Json.Obj release) {
        return release.at("metadata", "deletionTimestamp").isPresent()
                && !ManagementPolicies.of(release).delete();
    }

    private void clusterIsKept(WatchEvent event) {
        var workload = event.after().or(event::before).orElse(Json.Obj.EMPTY);
        if (!ControlPlanes.isOne(workload) || run.deleting || run.clusterDeletedByHand) {
            return;
        }
        if (event.after().isEmpty() || (event.before().isPresent() && event.changes("metadata", "deletionTimestamp"))) {
            fail(event.ref() + " was deleted");
        }
        if (new ControlPlanes(simulation.host()).all().count() > 1) {
            fail(event.ref() + " is a second cluster");
        }
    }

    private void referencesExist(WatchEvent event) {
        if (run.deleting || !(event.ref().isKind("Release") || event.ref().isKind("ConfigMap"))) {
            return;
        }
        for (var release : simulation.host().list("Release")) {
            for (var reference : release.items("spec", "forProvider", "valuesFrom")) {
                reference.text("configMapKeyRef", "name").ifPresent(name -> {
                    var map = new Ref("v1", "ConfigMap", "team-a", name);
                    if (simulation.get(map).isEmpty() && !run.deletedByHand.contains(map)) {
                        fail(Ref.of(release) + " names " + map + ", which does not exist");
                    }
                });
            }
        }
    }

    /** After a while the Environment is ready, or its status gives each provider's error. */
    void errorsAreReported() {
        run.advance(Duration.ofMinutes(40));
        run.removing().forEach(this::removalIsExplained);
        if (run.ready() || run.faults.stream().anyMatch(InjectedFault.Stopped.class::isInstance)) {
            return;
        }
        var messages = new ArrayList<>(run.conditions().stream()
                .filter(condition ->
                        condition.text("status").filter("True"::equals).isEmpty())
                .flatMap(condition -> condition.text("message").stream())
                .toList());
        run.removing()
                .forEach(removed -> messages.add(removed.text("name").orElse("") + ": "
                        + removed.text("message").orElse("")));
        for (var release : simulation.host().list("Release")) {
            var name = EnvironmentRun.externalName(release);
            var isDesired = name.equals("dev") || run.desired.names().contains(name);
            var error = EnvironmentRun.providerError(release);
            // A release that is no longer desired may wait for the cluster without a message.
            if (isDesired && error.isPresent()) {
                var reported = messages.stream()
                        .anyMatch(message -> message.contains(start(error.get()))
                                && message.contains(name.equals("dev") ? "cluster" : name));
                assertTrue(reported, () -> "no condition reports " + name + ": " + error.get() + "\n" + messages);
            }
        }
    }

    private void removalIsExplained(Json removed) {
        var release = run.release(removed.text("name").orElse(""));
        var error = release.flatMap(EnvironmentRun::providerError).orElse("");
        var message = removed.text("message").orElse("");
        assertTrue(
                release.isPresent()
                        && !message.isEmpty()
                        && (error.isEmpty()
                                || message.contains("cluster")
                                || message.startsWith("is removed when")
                                || message.contains(start(error))),
                () -> "reported as being removed: " + removed + ", while the provider's error is: " + error);
    }

    private static String start(String error) {
        return error.substring(0, Math.min(60, error.length()));
    }

    /** All desired apps are installed with the desired values. */
    void appsAreInstalled() {
        var cluster = simulation
                .vcluster(run.clusterStatus("namespace"), run.clusterStatus("name"))
                .orElseThrow();
        for (var app : run.desired.body().items("spec", "apps")) {
            var name = app.text("name").orElse("");
            var record = HelmRecord.get(cluster, name, name);
            assertTrue(record.filter(HelmRecord::deployed).isPresent(), () -> name + " is not installed");
            assertEquals(
                    app.number("values", "replicas"),
                    record.orElseThrow().config().number("values", "replicas"),
                    () -> name + " has other values");
        }
    }

    /** The same request within one interval gets the same response, and at rest nothing is written. */
    void restIsStable() {
        var request = simulation.history().getLast().request();
        var interval = Instant.ofEpochSecond(Math.floorDiv(simulation.now().getEpochSecond(), 60) * 60);
        var function = new InProcessFunction();
        var first = function.run(request, interval);
        for (var i = 1; i < 100; i++) {
            assertEquals(first, function.run(request, interval.plusMillis(i * 40L)));
        }
        run.advance(Duration.ofMinutes(21));
        var version = simulation.host().version();
        var before = simulation.history().size();
        run.advance(Duration.ofHours(2));
        assertEquals(version, simulation.host().version(), "something is written at rest");
        var reconciles = simulation.history().size() - before;
        assertTrue(reconciles <= 15, () -> reconciles + " reconciles in two hours at rest, one in ten minutes is due");
    }

    /** No response drops an observed resource of the cluster, or of an app that is still in the spec. */
    void observedResourcesStayDesired() {
        for (var each : simulation.history()) {
            each.response().filter(response -> response.fatal().isEmpty()).ifPresent(response -> {
                var dropped = new TreeSet<>(each.request().observed().keySet());
                dropped.removeAll(response.desired().keySet());
                dropped.removeIf(key -> !EnvironmentRun.CLUSTER_RESOURCES.contains(key)
                        && each.request().composite().items("spec", "apps").stream()
                                .noneMatch(app ->
                                        key.equals("app-" + app.text("name").orElse(""))));
                assertEquals(Set.of(), dropped, () -> "dropped at " + each.at());
            });
        }
    }
}
