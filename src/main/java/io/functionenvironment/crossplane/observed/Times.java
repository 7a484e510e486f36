package io.functionenvironment.crossplane.observed;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads timestamps of observed resources. */
final class Times {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("3000-01-01T00:00:00Z");

    private Times() {}

    /**
     * The time of an RFC 3339 timestamp; empty if it is malformed or outside the years 2000 to 2999. Such a value is an error or
     * an attack, and calculations with it could overflow.
     */
    static Optional<Instant> of(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(time -> !time.isBefore(FIRST) && time.isBefore(LAST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
