package io.functionenvironment.crossplane.observed;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times in what exists. */
final class Times {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("3000-01-01T00:00:00Z");

    private Times() {}

    /** A time that can be reckoned with; one that no clock can have shown counts as not said. */
    static Optional<Instant> of(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(time -> !time.isBefore(FIRST) && time.isBefore(LAST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
