package io.functionenvironment.observed;

import io.functionenvironment.tree.Tree;
import java.time.Instant;
import java.util.Optional;

/**
 * A condition as a Kubernetes object carries it.
 *
 * @param since when its status last changed, where that is said
 */
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        Optional<Double> generation,
        Optional<Instant> since) {

    static Condition of(Tree tree) {
        return new Condition(
                tree.text("type").orElse(""),
                tree.text("status").orElse("Unknown"),
                tree.text("reason").orElse(""),
                tree.text("message").orElse(""),
                tree.number("observedGeneration"),
                tree.text("lastTransitionTime").flatMap(Times::of));
    }

    public boolean isTrue() {
        return status.equals("True");
    }
}
