package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a provider writes on the resources it manages. */
record ManagedStatus(Cluster host, Timeline timeline) {
    private static final String TOKEN = "crossplane.io/reconcile-requested-at";
    private static final String ATTEMPT = "crossplane.io/external-create-";
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How far the creation of the thing is: pending, succeeded or failed. */
    void note(Ref ref, String attempt) {
        host.update(
                ref,
                object -> JsonEdit.set(
                        object,
                        timeline.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "metadata",
                        "annotations",
                        ATTEMPT + attempt));
    }

    /** Whether the thing was made so lately that its absence is not believed yet. */
    boolean madeLately(Json.Obj managed) {
        return managed.text("metadata", "annotations", ATTEMPT + "succeeded")
                .map(Instant::parse)
                .filter(made -> timeline.now().isBefore(made.plus(GRACE)))
                .isPresent();
    }

    /** All of a look's findings are written at once, with the request to look that was thereby met. */
    void write(Ref ref, UnaryOperator<Json.Obj> edit) {
        host.update(
                ref,
                object -> object.text("metadata", "annotations", TOKEN)
                        .map(token -> JsonEdit.set(edit.apply(object), token, "status", "lastHandledReconcileAt"))
                        .orElseGet(() -> edit.apply(object)));
    }

    Json.Obj synced(Json.Obj object) {
        return said(object, "Synced", "True", "ReconcileSuccess", "");
    }

    Json.Obj said(Json.Obj object, String type, String status, String reason, String message) {
        return Conditions.with(
                object,
                new Answer.Condition(type, status, reason, message),
                object.number("metadata", "generation"),
                timeline.now());
    }

    /** The annotations by which others tell the provider something. */
    static Json.Obj wishes(Json.Obj object) {
        var annotations = object.object("metadata", "annotations");
        for (var attempt : List.of("pending", "failed", "succeeded")) {
            annotations = JsonEdit.remove(annotations, ATTEMPT + attempt);
        }
        return annotations;
    }
}
