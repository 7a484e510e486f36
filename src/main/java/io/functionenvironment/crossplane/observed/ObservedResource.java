package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A resource that exists.
 *
 * @param connectionKeys the keys of its connection details that hold anything; what they hold is never looked at
 */
public record ObservedResource(Json body, Set<String> connectionKeys) {

    /** The name under which Kubernetes knows it. */
    public String name() {
        return body.text("metadata", "name").orElse("");
    }

    public Optional<String> label(String key) {
        return body.text("metadata", "labels", key);
    }

    public Optional<String> annotation(String key) {
        return body.text("metadata", "annotations", key);
    }

    public Optional<Condition> condition(String type) {
        return Conditions.of(body).stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Whether a condition is true, and was said of the resource as it is now, where that can be told. */
    public boolean is(String type) {
        var generation = body.number("metadata", "generation");
        return condition(type)
                .filter(Condition::isTrue)
                .filter(condition -> condition.generation().isEmpty()
                        || generation.isEmpty()
                        || condition.generation().get() >= generation.get())
                .isPresent();
    }

    public boolean deleting() {
        return body.at("metadata", "deletionTimestamp").isPresent();
    }

    /** When its deletion was asked for; empty where it was not. */
    public Optional<Instant> deletingSince() {
        return body.text("metadata", "deletionTimestamp").flatMap(Times::of);
    }

    /** When it was created; empty where Kubernetes has not said so, as in a preview. */
    public Optional<Instant> created() {
        return body.text("metadata", "creationTimestamp").flatMap(Times::of);
    }
}
