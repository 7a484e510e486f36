package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.util.Optional;

/** What a provider says is wrong with a resource, in its own words. */
public final class ProviderError {
    private static final int LONGEST = 600;

    private ProviderError() {}

    /** Empty if it says nothing of the kind. */
    public static Optional<String> of(ObservedResource observed) {
        return refused(observed).or(() -> failed(observed)).map(ProviderError::shorten);
    }

    /** The provider could not even look, or could not do what it was told. */
    private static Optional<String> refused(ObservedResource observed) {
        return observed.condition("Synced")
                .filter(synced -> synced.status().equals("False"))
                .map(Condition::message)
                .filter(message -> !message.isEmpty());
    }

    /** Helm did what it was told, and it failed. */
    private static Optional<String> failed(ObservedResource observed) {
        var release = observed.body().at("status", "atProvider").orElse(Json.Obj.EMPTY);
        return release.text("state").filter(state -> stuck(state, observed)).map(state -> {
            var tried = observed.body()
                    .number("status", "failed")
                    .map(Double::intValue)
                    .orElse(0);
            var limit = observed.body()
                    .number("spec", "rollbackLimit")
                    .map(Double::intValue)
                    .orElse(0);
            return release.text("releaseDescription").orElse("the Helm release failed")
                    + (limit == 0
                            ? ""
                            : tried >= limit
                                    ? " (gave up after " + tried + " more tries; it is tried again when it changes)"
                                    : " (tried again " + tried + " of " + limit + " times)");
        });
    }

    /** An operation that was interrupted stays pending; Helm's own word for it then is of no help. */
    private static boolean stuck(String state, ObservedResource observed) {
        var tried = observed.body().number("status", "failed").orElse(0.0);
        return state.equals("failed")
                || (state.startsWith("pending")
                        && tried
                                >= observed.body()
                                        .number("spec", "rollbackLimit")
                                        .orElse(Double.MAX_VALUE));
    }

    /** Conditions and events have their bounds, and the reader's patience has. */
    private static String shorten(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
