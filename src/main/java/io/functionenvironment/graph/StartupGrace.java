package io.functionenvironment.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a component is reported while it starts. One activity for all of that time: each change of what is reported costs two
 * writes to the Environment, and too many writes open Crossplane's circuit breaker.
 *
 * @param during while it is young
 * @param afterwards once it should be ready and is not
 * @param expected what providers' messages contain that are normal while it is young
 * @param length how long it is young
 * @param overdue what such a message means afterwards; empty if the message says it
 */
public record StartupGrace(
        Activity during, Activity afterwards, List<String> expected, Duration length, Optional<String> overdue) {
    public StartupGrace(Activity during, Activity afterwards, List<String> expected, Duration length) {
        this(during, afterwards, expected, length, Optional.empty());
    }

    public static final StartupGrace NONE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ZERO);

    /** The same, with what the expected messages mean once it is no longer young. */
    public StartupGrace explaining(String meaning) {
        return new StartupGrace(during, afterwards, expected, length, Optional.of(meaning));
    }

    /** A provider's message, with what it means. */
    public String explain(String message) {
        return overdue.filter(ignored -> expects(message))
                .map(meaning -> meaning + " (" + message + ")")
                .orElse(message);
    }

    public boolean expects(String message) {
        return expected.stream().anyMatch(message::contains);
    }
}
