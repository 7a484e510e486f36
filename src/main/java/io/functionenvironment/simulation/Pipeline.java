package io.functionenvironment.simulation;

import java.time.Instant;

/** A Composition's pipeline of one step: the function that Crossplane calls. */
@FunctionalInterface
public interface Pipeline {

    /**
     * Runs the function once.
     *
     * @param now the function's clock
     */
    PipelineResponse run(PipelineRequest request, Instant now);
}
