package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function's response, as Crossplane uses it.
 *
 * @param desired by composition-resource-name
 * @param status the desired status of the composite
 * @param ready the readiness of the composite; empty derives it from the composed resources
 * @param ttl when to call again; empty for only on events
 * @param requirements by requirement name
 * @param fatal the message of a fatal result; nothing of this response is then applied
 */
public record PipelineResponse(
        Map<String, DesiredResource> desired,
        Json.Obj status,
        Optional<Boolean> ready,
        List<Condition> conditions,
        List<Result> results,
        Optional<Duration> ttl,
        Map<String, ResourceSelector> requirements,
        Optional<String> fatal) {

    /** A desired composed resource. */
    public record DesiredResource(Json.Obj body, boolean ready) {}

    /** A condition, with the status {@code True}, {@code False} or {@code Unknown}. */
    public record Condition(String type, String status, String reason, String message) {}

    /** A result that becomes an event, with the severity {@code Normal} or {@code Warning}. */
    public record Result(String severity, String reason, String message) {}

    /**
     * Selects required resources of any kind.
     *
     * @param name matches one by name; empty matches by labels, and all of the kind if there are no labels either
     * @param namespace empty for cluster-scoped kinds, or for all namespaces
     */
    public record ResourceSelector(
            String apiVersion,
            String kind,
            Optional<String> name,
            Map<String, String> labels,
            Optional<String> namespace) {}
}
