package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A resource that exists.
 *
 * @param connectionKeys the keys of its connection details that are not empty; the values are never read
 */
public record ObservedResource(Json body, Set<String> connectionKeys) {
    public Gvk gvk() {
        return Gvk.of(body);
    }

    /** {@code metadata.name}. */
    public String name() {
        return body.text("metadata", "name").orElse("");
    }

    public Optional<String> uid() {
        return body.text("metadata", "uid").filter(uid -> !uid.isEmpty());
    }

    public Optional<String> label(String key) {
        return body.text("metadata", "labels", key);
    }

    public Optional<String> annotation(String key) {
        return body.text("metadata", "annotations", key);
    }

    public boolean hasFinalizer(String finalizer) {
        return body.items("metadata", "finalizers").contains(new Json.Text(finalizer));
    }

    /** Whether an object is its controller: the one owner that Crossplane lets change and delete it. */
    public boolean controlledBy(ObservedResource owner) {
        var uid = owner.uid();
        return uid.isPresent()
                && body.items("metadata", "ownerReferences").stream()
                        .anyMatch(reference -> reference.isTrue("controller")
                                && reference.text("uid").equals(uid));
    }

    public Optional<Condition> condition(String type) {
        return Conditions.of(body).stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Whether a condition is true for the resource's current generation, where the condition names a generation. */
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

    /** When its deletion was requested; empty if it was not. */
    public Optional<Instant> deletingSince() {
        return body.text("metadata", "deletionTimestamp").flatMap(Times::of);
    }

    /** When it was created; empty if Kubernetes has not set it, as in a rendering. */
    public Optional<Instant> created() {
        return body.text("metadata", "creationTimestamp").flatMap(Times::of);
    }
}
