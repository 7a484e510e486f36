package io.functionenvironment.observed;

import io.functionenvironment.tree.Tree;
import java.util.Optional;

/** A condition as a Kubernetes object carries it. */
public record Condition(String type, String status, String reason, String message, Optional<Double> generation) {

    static Condition of(Tree tree) {
        return new Condition(
                tree.text("type").orElse(""),
                tree.text("status").orElse("Unknown"),
                tree.text("reason").orElse(""),
                tree.text("message").orElse(""),
                tree.number("observedGeneration"));
    }

    public boolean isTrue() {
        return status.equals("True");
    }
}
