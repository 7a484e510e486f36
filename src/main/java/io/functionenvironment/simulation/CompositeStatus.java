package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions that Crossplane writes on a composite: a function's, and its own. */
final class CompositeStatus {
    /** Crossplane's own; what a function says of them is dropped. */
    private static final Set<String> SYSTEM = Set.of("Ready", "Synced", "Healthy", "Responsive", "UpToDate");

    private CompositeStatus() {}

    /** After a pass in which all went well. What a function does not mention stays as it was. */
    static Json.Obj composed(Json.Obj composite, Answer answer, boolean open, Instant now) {
        var unready = answer.desired().entrySet().stream()
                .filter(entry -> !entry.getValue().ready())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        var ready = answer.ready().orElse(unready.isEmpty());
        var said = said(composite, answer.conditions(), now);
        var heard = open
                ? with(said, "Responsive", "False", "WatchCircuitOpen", "", now)
                : with(said, "Responsive", "True", "WatchCircuitClosed", "", now);
        var synced = with(heard, "Synced", "True", "ReconcileSuccess", "", now);
        return ready
                ? with(synced, "Ready", "True", "Available", "", now)
                : with(synced, "Ready", "False", "Creating", unready.isEmpty() ? "" : words(unready), now);
    }

    /** After a pass that was given up: nobody knows whether what was said before still holds. */
    static Json.Obj failed(Json.Obj composite, Optional<Answer> answer, String error, Instant now) {
        var conditions = answer.map(Answer::conditions).orElse(List.of());
        var result = said(composite, conditions, now);
        for (var old : composite.items("status", "conditions")) {
            var type = old.text("type").orElse("");
            if (!SYSTEM.contains(type)
                    && conditions.stream().noneMatch(said -> said.type().equals(type))) {
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

    private static Json.Obj said(Json.Obj composite, List<Answer.Condition> conditions, Instant now) {
        var result = composite;
        for (var condition : conditions) {
            if (!SYSTEM.contains(condition.type())) {
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
                new Answer.Condition(type, status, reason, message),
                composite.number("metadata", "generation"),
                now);
    }

    private static String words(List<String> unready) {
        var some = unready.stream().limit(3).toList();
        return "Unready resources: " + String.join(", ", some)
                + (unready.size() > 3 ? ", and " + (unready.size() - 3) + " more" : "");
    }
}
