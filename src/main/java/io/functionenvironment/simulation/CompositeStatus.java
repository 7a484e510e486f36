package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions of a composite: the function's, and Crossplane's own. */
final class CompositeStatus {
    /** Crossplane's own types, which it ignores in a function's response. */
    private static final Set<String> SYSTEM_TYPES = Set.of("Ready", "Synced", "Healthy", "Responsive", "UpToDate");

    private CompositeStatus() {}

    /** After a successful composition. Conditions that the function no longer returns keep their last value. */
    static Json.Obj composed(
            Json.Obj composite, PipelineResponse response, List<String> unsynced, boolean circuitOpen, Instant now) {
        var unready = response.desired().entrySet().stream()
                .filter(entry -> !entry.getValue().ready())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        var ready = response.ready().orElse(unready.isEmpty());
        var custom = withCustom(composite, response.conditions(), now);
        var responsive = circuitOpen
                ? with(custom, "Responsive", "False", "WatchCircuitOpen", "", now)
                : with(custom, "Responsive", "True", "WatchCircuitClosed", "", now);
        var synced = unsyncedMessage(unsynced)
                .map(message -> with(responsive, "Synced", "False", "ReconcileError", message, now))
                .orElseGet(() -> with(responsive, "Synced", "True", "ReconcileSuccess", "", now));
        return ready
                ? with(synced, "Ready", "True", "Available", "", now)
                : with(
                        synced,
                        "Ready",
                        "False",
                        "Creating",
                        unready.isEmpty() ? "" : "Unready resources: " + firstThree(unready),
                        now);
    }

    /** The message of Synced where an API server rejected resources as invalid. */
    static Optional<String> unsyncedMessage(List<String> unsynced) {
        return unsynced.isEmpty() ? Optional.empty() : Optional.of("Unsynced resources: " + firstThree(unsynced));
    }

    /**
     * After a failed composition: the custom conditions that were not returned become Unknown.
     *
     * @param response with a fatal result; empty if the composition failed otherwise
     */
    static Json.Obj failed(Json.Obj composite, Optional<PipelineResponse> response, String error, Instant now) {
        var conditions = response.map(PipelineResponse::conditions).orElse(List.of());
        var result = withCustom(composite, conditions, now);
        for (var old : composite.items("status", "conditions")) {
            var type = old.text("type").orElse("");
            if (!SYSTEM_TYPES.contains(type)
                    && conditions.stream()
                            .noneMatch(condition -> condition.type().equals(type))) {
                result = with(
                        result,
                        type,
                        "Unknown",
                        "FatalError",
                        "A fatal error occurred before the status of this condition could be determined.",
                        now);
            }
        }
        return with(result, "Synced", "False", "ReconcileError", error, now);
    }

    private static Json.Obj withCustom(Json.Obj composite, List<Condition> conditions, Instant now) {
        var result = composite;
        for (var condition : conditions) {
            if (!SYSTEM_TYPES.contains(condition.type())) {
                result = with(
                        result, condition.type(), condition.status(), condition.reason(), condition.message(), now);
            }
        }
        return result;
    }

    private static Json.Obj with(
            Json.Obj composite, String type, String status, String reason, String message, Instant now) {
        return Conditions.with(
                composite,
                new Condition(type, status, reason, message),
                composite.number("metadata", "generation"),
                now);
    }

    private static String firstThree(List<String> names) {
        var first = names.stream().limit(3).toList();
        return String.join(", ", first) + (names.size() > 3 ? ", and " + (names.size() - 3) + " more" : "");
    }
}
