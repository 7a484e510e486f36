package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function answers.
 *
 * @param desired by composition-resource-name
 * @param status of the composite
 * @param ready of the composite, where the function wants to overrule what its resources add up to
 * @param ttl when to call again; empty for never
 * @param requirements what it wants to be shown besides, by name
 * @param fatal why nothing of this must be applied
 */
public record Answer(
        Map<String, Wanted> desired,
        Json.Obj status,
        Optional<Boolean> ready,
        List<Condition> conditions,
        List<Result> results,
        Optional<Duration> ttl,
        Map<String, Selector> requirements,
        Optional<String> fatal) {

    /** A resource that is to exist. */
    public record Wanted(Json.Obj body, boolean ready) {}

    /** A condition, with the status {@code True}, {@code False} or {@code Unknown}. */
    public record Condition(String type, String status, String reason, String message) {}

    /** An event, with the severity {@code Normal} or {@code Warning}. */
    public record Result(String severity, String reason, String message) {}

    /**
     * Which objects are required.
     *
     * @param name the one with this name; empty for all that carry the labels
     * @param namespace empty for those of the cluster, or of all namespaces
     */
    public record Selector(
            String apiVersion,
            String kind,
            Optional<String> name,
            Map<String, String> labels,
            Optional<String> namespace) {}
}
