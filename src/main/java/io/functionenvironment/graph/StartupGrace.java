package io.functionenvironment.graph;

import java.time.Duration;
import java.util.List;

/**
 * How a component is reported while it starts. One activity for all of that time: each change of what is reported costs two
 * writes to the Environment, and too many writes open Crossplane's circuit breaker.
 *
 * @param during while it is young
 * @param afterwards once it should be ready and is not
 * @param expected what providers' messages contain that are normal while it is young
 * @param length how long it is young
 */
public record StartupGrace(Activity during, Activity afterwards, List<String> expected, Duration length) {
    public static final StartupGrace NONE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ZERO);

    public boolean expects(String message) {
        return expected.stream().anyMatch(message::contains);
    }
}
