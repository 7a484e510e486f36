package io.functionenvironment.api.app;

import io.functionenvironment.api.app.Assignment.Step;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value that depends on the Environment. It becomes a part of the values of its app or catalog entry.
 *
 * @param field its path in Settings
 * @param steps the way to its place in the values
 */
public record EnvironmentValue(String field, List<Step> steps, List<Piece> pieces) {

    /** A part of the text. */
    public sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Fact(EnvironmentFact fact) implements Piece {}

        /** A label of the Environment. */
        record Label(String key) implements Piece {}
    }

    /** What a placeholder may stand for, beside labels. */
    public enum EnvironmentFact {
        NAME,
        NAMESPACE,
        SIZE,
        /** The name, the namespace and the domain of the platform, as one name in DNS. */
        DOMAIN
    }

    public boolean uses(EnvironmentFact fact) {
        return pieces.contains(new Piece.Fact(fact));
    }

    /** Whether it changes what is at a path. */
    boolean changes(ValuePath path) {
        return path().overlaps(path);
    }

    /** The way to what it changes. */
    public ValuePath path() {
        return assignment("").path();
    }

    /** The text for one Environment; empty if it lacks what a placeholder stands for. */
    Optional<String> text(Function<Piece, Optional<String>> facts) {
        var text = new StringBuilder();
        // All of them, so that each that is missing is reported.
        var parts = pieces.stream().map(facts).toList();
        parts.forEach(part -> part.ifPresent(text::append));
        return parts.stream().allMatch(Optional::isPresent) ? Optional.of(text.toString()) : Optional.empty();
    }

    Assignment assignment(String text) {
        return new Assignment(steps, new Json.Text(text));
    }
}
