package io.functionenvironment.simulation;

import java.time.Instant;

/** The one step of a Composition's pipeline: a function that Crossplane calls. */
@FunctionalInterface
public interface Pipeline {

    /**
     * Answers a call.
     *
     * @param now what the function's clock shows
     */
    Answer call(Call call, Instant now);
}
