package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.regex.Pattern;

/** How often a provider observes an external resource that is up to date. */
final class PollInterval {
    private static final Duration DEFAULT = Duration.ofMinutes(10);
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");

    private PollInterval() {}

    /** The annotation of the managed resource, or the provider's default. */
    static Duration of(Json managed) {
        return managed.text("metadata", "annotations", "crossplane.io/poll-interval")
                .map(PollInterval::parse)
                .orElse(DEFAULT);
    }

    /** A duration as Go writes it, such as {@code 1m30s}. */
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
