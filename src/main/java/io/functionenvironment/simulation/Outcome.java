package io.functionenvironment.simulation;

import java.time.Duration;
import java.util.function.Supplier;

/** How a controller leaves an object after it looked at it. */
sealed interface Outcome {

    /** Nothing to do until something changes. */
    record Done() implements Outcome {}

    /** All is well, look again then. */
    record Later(Duration delay) implements Outcome {}

    /** Try again, each time after twice as long. */
    record Retry() implements Outcome {}

    /** Something takes its time, and occupies the controller with this object until then. */
    record Busy(Duration takes, Supplier<Outcome> then) implements Outcome {}
}
