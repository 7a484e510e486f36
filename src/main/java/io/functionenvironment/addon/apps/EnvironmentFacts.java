package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.EnvironmentValue.EnvironmentFact;
import io.functionenvironment.api.app.EnvironmentValue.Piece;
import io.functionenvironment.api.app.PlacedValues;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import java.util.Optional;

/** What the placeholders in values of the platform stand for. */
record EnvironmentFacts(Inputs inputs) {

    /**
     * An app or catalog entry with its values for this Environment; empty if one of them has no source.
     *
     * @param app the app that is requested
     * @param errors receives which labels are missing. A size that is missing has an error already
     */
    Optional<App> place(App entry, App app, FieldErrors errors) {
        return PlacedValues.of(
                entry,
                piece -> switch (piece) {
                    case Piece.Literal(var text) -> Optional.of(text);
                    case Piece.Fact(var fact) -> fact(fact);
                    case Piece.Label(var key) -> label(key, app, errors);
                },
                app.path(),
                errors);
    }

    private Optional<String> fact(EnvironmentFact fact) {
        var identity = inputs.environment().identity();
        return switch (fact) {
            case NAME -> Optional.of(identity.name());
            case NAMESPACE -> Optional.of(identity.namespace());
            case SIZE -> inputs.environment().size().filter(inputs.settings().sizes()::containsKey);
            case DOMAIN -> inputs.settings().domain(identity.namespace(), identity.name());
        };
    }

    /** An empty label would leave a gap in a name. */
    private Optional<String> label(String key, App app, FieldErrors errors) {
        var label = inputs.observed().composite().label(key).filter(value -> !value.isEmpty());
        if (label.isEmpty()) {
            errors.add(
                    "metadata.labels." + key,
                    "is missing or empty, and the platform makes a value of the app \"" + app.name()
                            + "\" from it; set the label");
        }
        return label;
    }
}
