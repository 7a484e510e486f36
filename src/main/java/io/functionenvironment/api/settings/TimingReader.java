package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code timing} of Settings. */
final class TimingReader {
    private static final Pattern DURATION =
            Pattern.compile("(?=.)([1-9][0-9]{0,3}h)?([1-9][0-9]{0,3}m)?([1-9][0-9]{0,3}s)?");
    private static final int DAY_SECONDS = 86_400;

    private TimingReader() {}

    static Timing read(FieldReader at) {
        at.only(Set.of("waiting", "converging", "settled", "circuitBreakerTokens"));
        return new Timing(
                duration(at.field("waiting"), Duration.ofSeconds(5), 4),
                duration(at.field("converging"), Duration.ofSeconds(10), 5),
                duration(at.field("settled"), Duration.ofMinutes(10), 30),
                at.field("circuitBreakerTokens").integer(100, 10_000).orElse(100));
    }

    /**
     * Reads a duration of at most 24 hours.
     *
     * @param minSeconds shorter times could open Crossplane's circuit breaker or overload the API server
     */
    private static Duration duration(FieldReader at, Duration defaultDuration, int minSeconds) {
        return at.text(DURATION, "a duration like 30s, 10m or 1h30m")
                .flatMap(text -> {
                    // The format is that of ISO 8601 without its prefix.
                    var seconds = Duration.parse("PT" + text).toSeconds();
                    if (seconds < minSeconds || seconds > DAY_SECONDS) {
                        at.error("is " + text + "; must be from " + minSeconds + "s to 24h");
                        return Optional.empty();
                    }
                    return Optional.of(Duration.ofSeconds(seconds));
                })
                .orElse(defaultDuration);
    }
}
