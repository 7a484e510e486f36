package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.regex.Pattern;

/** How often a provider looks at what it manages. */
final class Durations {
    private static final Duration POLL = Duration.ofMinutes(10);
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");

    private Durations() {}

    /** What a resource's own annotation says, or else every ten minutes. */
    static Duration poll(Json managed) {
        return managed.text("metadata", "annotations", "crossplane.io/poll-interval")
                .map(Durations::parse)
                .orElse(POLL);
    }

    /** A duration as Go writes it: {@code 1m30s}. */
    private static Duration parse(String text) {
        return PART.matcher(text)
                .results()
                .map(part -> {
                    var count = Long.parseLong(part.group(1));
                    return switch (part.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "s" -> Duration.ofSeconds(count);
                        default -> Duration.ofMillis(count);
                    };
                })
                .reduce(Duration.ZERO, Duration::plus);
    }
}
