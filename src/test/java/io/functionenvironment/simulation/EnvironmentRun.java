package io.functionenvironment.simulation;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One Environment in a simulation, with a log of what was done to it. */
final class EnvironmentRun {
    static final Ref ENVIRONMENT = new Ref("platform.internal/v1beta1", "Environment", "team-a", "dev");
    /** The composed resources of the cluster itself, by composition-resource-name. */
    static final Set<String> CLUSTER_RESOURCES = Set.of("namespace", "cluster", "provider-config-helm", "health");

    final Random random;
    final Simulation simulation;
    final RandomEnvironment desired;
    final List<InjectedFault> faults = new ArrayList<>();
    /** What was deleted by hand. */
    final Set<Ref> deletedByHand = new HashSet<>();

    boolean clusterDeletedByHand;
    /** The Environment is being deleted. */
    boolean deleting;

    private final List<String> log = new ArrayList<>();

    EnvironmentRun(long seed) {
        random = new Random(seed);
        desired = new RandomEnvironment(random);
        simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT.withSeed(seed));
    }

    void log(String event) {
        log.add(simulation.now() + " " + event);
    }

    List<String> log() {
        return List.copyOf(log);
    }

    void advance(Duration time) {
        simulation.advance(time);
    }

    Json.Obj environment() {
        return simulation.get(ENVIRONMENT).orElseThrow();
    }

    /** A text of {@code status.cluster}. */
    String clusterStatus(String field) {
        return environment().text("status", "cluster", field).orElse("");
    }

    /** What is reported as being removed. */
    List<Json> removing() {
        return environment().items("status", "removing");
    }

    boolean ready() {
        return Conditions.isTrue(environment(), "Ready");
    }

    /** Ready, with all the desired apps. */
    boolean readyAsDesired() {
        return ready()
                && environment().items("status", "apps").size()
                        == desired.names().size();
    }

    List<Json> conditions() {
        return environment().items("status", "conditions");
    }

    String describeConditions() {
        return conditions().stream()
                .map(condition -> condition.text("type").orElse("") + "="
                        + condition.text("status").orElse("") + " "
                        + condition.text("message").orElse(""))
                .collect(joining("; "));
    }

    List<Json.Obj> composed() {
        return simulation
                .host()
                .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .isPresent());
    }

    static Optional<String> compositionResourceName(Json object) {
        return object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION);
    }

    /** Whether the host namespace is composed, with labels; otherwise Helm creates it, as its manifest says, and nothing deletes it. */
    boolean composesNamespace() {
        return composed().stream()
                .filter(object -> Ref.of(object).isKind("Object")
                        && compositionResourceName(object)
                                .filter("namespace"::equals)
                                .isPresent())
                .map(object -> object.object("spec", "forProvider", "manifest", "metadata"))
                .anyMatch(metadata -> metadata.at("labels").isPresent()
                        && metadata.text("annotations", "environment.fn.crossplane.io/created-by")
                                .isEmpty());
    }

    Optional<Json.Obj> release(String externalName) {
        return simulation.host().list("Release").stream()
                .filter(release -> externalName(release).equals(externalName))
                .findFirst();
    }

    static String externalName(Json release) {
        return release.text("metadata", "annotations", "crossplane.io/external-name")
                .orElse("");
    }

    static Optional<String> providerError(Json release) {
        return Conditions.get(release, "Synced")
                .filter(synced -> synced.text("status").filter("False"::equals).isPresent())
                .flatMap(synced -> synced.text("message"));
    }
}
