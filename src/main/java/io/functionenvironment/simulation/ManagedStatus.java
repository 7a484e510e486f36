package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/** The conditions and annotations that a provider writes on its managed resources. */
record ManagedStatus(Cluster host, VirtualClock clock) {
    private static final String RECONCILE_REQUEST = "crossplane.io/reconcile-requested-at";
    private static final String EXTERNAL_CREATE = "crossplane.io/external-create-";
    private static final Duration CREATION_GRACE_PERIOD = Duration.ofSeconds(30);

    /** @param phase of the external resource's creation: pending, succeeded or failed */
    void annotateCreation(Ref ref, String phase) {
        host.update(
                ref,
                object -> JsonEdit.set(
                        object,
                        clock.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "metadata",
                        "annotations",
                        EXTERNAL_CREATE + phase));
    }

    /** Whether the external resource is so new that an eventually consistent API might not show it yet. */
    boolean inCreationGracePeriod(Json.Obj managed) {
        return managed.text("metadata", "annotations", EXTERNAL_CREATE + "succeeded")
                .map(Instant::parse)
                .filter(created -> clock.now().isBefore(created.plus(CREATION_GRACE_PERIOD)))
                .isPresent();
    }

    /** Updates the status at the end of a reconcile, with the reconcile request that it handled. */
    void update(Ref ref, UnaryOperator<Json.Obj> edit) {
        host.update(
                ref,
                object -> object.text("metadata", "annotations", RECONCILE_REQUEST)
                        .map(token -> JsonEdit.set(edit.apply(object), token, "status", "lastHandledReconcileAt"))
                        .orElseGet(() -> edit.apply(object)));
    }

    Json.Obj unsynced(Json.Obj object, String reason, String message) {
        return withCondition(object, "Synced", "False", reason, message);
    }

    Json.Obj reconcileSuccess(Json.Obj object) {
        return withCondition(object, "Synced", "True", "ReconcileSuccess", "");
    }

    Json.Obj withCondition(Json.Obj object, String type, String status, String reason, String message) {
        return Conditions.with(
                object,
                new Condition(type, status, reason, message),
                object.number("metadata", "generation"),
                clock.now());
    }

    static boolean changesDesiredAnnotations(WatchEvent event) {
        return !event.before()
                .map(ManagedStatus::desiredAnnotations)
                .equals(event.after().map(ManagedStatus::desiredAnnotations));
    }

    /** The annotations without those that the provider writes itself. */
    private static Json.Obj desiredAnnotations(Json.Obj object) {
        var annotations = object.object("metadata", "annotations");
        for (var phase : List.of("pending", "failed", "succeeded")) {
            annotations = JsonEdit.remove(annotations, EXTERNAL_CREATE + phase);
        }
        return annotations;
    }
}
