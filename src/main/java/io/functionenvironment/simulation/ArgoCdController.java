package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What Argo CD does with an Application, in short: a while after each change it is synchronized and healthy, and a deleted one is
 * gone. No repository is read, nothing is deployed, and nothing fails.
 */
final class ArgoCdController {
    private static final String CHART = "argo-cd";
    private static final String API = "argoproj.io/v1alpha1";
    private static final String KIND = "Application";
    private static final String FINALIZER = "resources-finalizer.argocd.argoproj.io";
    private static final String REVISION = "0000000000000000000000000000000000000000";
    private static final Duration SYNCHRONIZATION = Duration.ofSeconds(5);

    private final VirtualClock clock;
    private final Set<Cluster> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    ArgoCdController(VirtualClock clock, CustomKinds kinds) {
        this.clock = clock;
        kinds.add(CHART, API, KIND);
        kinds.add(CHART, API, "AppProject");
    }

    /** Starts it, if a chart is its own. */
    void start(Cluster cluster, String chart) {
        if (!chart.equals(CHART)) {
            return;
        }
        if (watched.add(cluster)) {
            cluster.watch(event -> {
                if (event.after().isPresent()
                        && event.ref().apiVersion().equals(API)
                        && event.ref().isKind(KIND)) {
                    see(cluster, event.ref());
                }
            });
        }
        cluster.list(KIND).forEach(application -> see(cluster, Ref.of(application)));
    }

    private void see(Cluster cluster, Ref ref) {
        clock.schedule(
                SYNCHRONIZATION,
                () -> cluster.get(ref).filter(ignored -> runs(cluster)).ifPresent(application -> {
                    if (application.at("metadata", "deletionTimestamp").isPresent()) {
                        cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, FINALIZER));
                    } else if (!compared(application).equals(application.object("status", "sync", "comparedTo"))) {
                        cluster.update(ref, ArgoCdController::synchronize);
                    }
                }));
    }

    private static boolean runs(Cluster cluster) {
        return cluster.list("Deployment").stream()
                .anyMatch(deployment ->
                        deployment.text("spec", "chart").filter(CHART::equals).isPresent());
    }

    private static Json.Obj compared(Json application) {
        return obj(
                field("destination", application.at("spec", "destination")),
                field("source", application.at("spec", "source")),
                field("sources", application.at("spec", "sources")));
    }

    private static Json.Obj synchronize(Json.Obj application) {
        var status = obj(
                field("health", obj(field("status", "Healthy"))),
                field(
                        "sync",
                        obj(
                                field("comparedTo", compared(application)),
                                field("revision", REVISION),
                                field("status", "Synced"))));
        return JsonEdit.set(application, status, "status");
    }
}
