package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A condition in the status of a Kubernetes object. A field that is missing or malformed has a default.
 *
 * @param body the condition as JSON, parsed field by field on demand
 */
public record Condition(Json body) {

    public String type() {
        return body.text("type").orElse("");
    }

    /** {@code True}, {@code False} or {@code Unknown}. */
    public String status() {
        return body.text("status").orElse("Unknown");
    }

    public String reason() {
        return body.text("reason").orElse("");
    }

    public String message() {
        return body.text("message").orElse("");
    }

    /** The generation of the object that the condition describes. */
    public Optional<Double> generation() {
        return body.number("observedGeneration");
    }

    /** The time of the last change of the status; empty if it is missing or implausible. */
    public Optional<Instant> since() {
        return body.text("lastTransitionTime").flatMap(Times::of);
    }

    public boolean isTrue() {
        return status().equals("True");
    }
}
