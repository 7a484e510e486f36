package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A condition as a Kubernetes object carries it.
 *
 * @param body as it stands there; most of it is seldom asked for
 */
public record Condition(Json body) {

    public String type() {
        return body.text("type").orElse("");
    }

    public String status() {
        return body.text("status").orElse("Unknown");
    }

    public String reason() {
        return body.text("reason").orElse("");
    }

    public String message() {
        return body.text("message").orElse("");
    }

    public Optional<Double> generation() {
        return body.number("observedGeneration");
    }

    /** When its status last changed, where that is said. */
    public Optional<Instant> since() {
        return body.text("lastTransitionTime").flatMap(Times::of);
    }

    public boolean isTrue() {
        return status().equals("True");
    }
}
