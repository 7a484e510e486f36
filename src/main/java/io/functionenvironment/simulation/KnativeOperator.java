package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the Knative operator does with its custom resources, in short: after a while each is ready in the version that it
 * requests, and a deleted one is gone. With Serving there are Knative Services, which become ready. Nothing of Knative runs, and
 * nothing fails.
 */
final class KnativeOperator {
    private static final String CHART = "knative-operator";
    private static final String API = "operator.knative.dev/v1beta1";
    private static final String SERVING = "KnativeServing";
    private static final Set<String> KINDS = Set.of(SERVING, "KnativeEventing");
    private static final String SERVICE_API = "serving.knative.dev/v1";
    private static final String SERVICE = "Service";
    private static final Duration INSTALLATION = Duration.ofSeconds(40);
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration LATENCY = Duration.ofSeconds(1);

    private final VirtualClock clock;
    private final CustomKinds kinds;
    private final Set<Cluster> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    KnativeOperator(VirtualClock clock, CustomKinds kinds) {
        this.clock = clock;
        this.kinds = kinds;
        KINDS.forEach(kind -> kinds.add(CHART, API, kind));
        kinds.add(SERVING, SERVICE_API, SERVICE);
    }

    /** Starts it, if a chart is its own. */
    void start(Cluster cluster, String chart) {
        if (!chart.equals(CHART)) {
            return;
        }
        if (watched.add(cluster)) {
            cluster.watch(event -> {
                if (event.after().isPresent() && isCustomResource(event.ref())) {
                    see(cluster, event.ref());
                } else if (event.before().isEmpty() && isService(event.ref())) {
                    clock.schedule(START, () -> cluster.update(event.ref(), each -> ready(each, "True")));
                }
            });
        }
        KINDS.forEach(kind -> cluster.list(kind).forEach(object -> see(cluster, Ref.of(object))));
    }

    private static boolean isCustomResource(Ref ref) {
        return ref.apiVersion().equals(API) && KINDS.contains(ref.kind());
    }

    private static boolean isService(Ref ref) {
        return ref.apiVersion().equals(SERVICE_API) && ref.isKind(SERVICE);
    }

    private void see(Cluster cluster, Ref ref) {
        clock.schedule(
                LATENCY,
                () -> cluster.get(ref).filter(ignored -> runs(cluster)).ifPresent(object -> {
                    if (object.at("metadata", "deletionTimestamp").isPresent()) {
                        cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, finalizer(ref)));
                    } else if (!JsonEdit.finalizers(object).contains(finalizer(ref))) {
                        cluster.update(ref, each -> JsonEdit.withFinalizer(each, finalizer(ref)));
                    } else if (!generation(object).equals(object.at("status", "observedGeneration"))) {
                        cluster.update(ref, each -> reported(each, "False"));
                        clock.schedule(INSTALLATION, () -> finish(cluster, ref, generation(object)));
                    }
                }));
    }

    private static Optional<Json> generation(Json.Obj object) {
        return object.at("metadata", "generation");
    }

    private void finish(Cluster cluster, Ref ref, Optional<Json> generation) {
        if (cluster.get(ref)
                .filter(object -> runs(cluster) && generation(object).equals(generation))
                .isPresent()) {
            cluster.update(ref, object -> reported(object, "True"));
            kinds.install(cluster, ref.kind());
        }
    }

    private static boolean runs(Cluster cluster) {
        return cluster.list("Deployment").stream()
                .anyMatch(deployment ->
                        deployment.text("spec", "chart").filter(CHART::equals).isPresent());
    }

    private static String finalizer(Ref ref) {
        return ref.kind().toLowerCase(Locale.ROOT) + "s.operator.knative.dev";
    }

    private Json.Obj reported(Json.Obj object, String ready) {
        var version = object.text("spec", "version").orElse("1.0") + ".0";
        var installed = ready.equals("True") ? JsonEdit.set(object, version, "status", "version") : object;
        return ready(installed, ready);
    }

    private Json.Obj ready(Json.Obj object, String ready) {
        var condition = ready.equals("True")
                ? new Condition("Ready", ready, "", "")
                : new Condition("Ready", ready, "NotReady", "Waiting on deployments");
        var generation = object.number("metadata", "generation").orElse(0.0);
        return Conditions.with(
                JsonEdit.set(object, generation, "status", "observedGeneration"),
                condition,
                Optional.empty(),
                clock.now());
    }
}
