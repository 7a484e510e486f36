package io.functionenvironment.preview;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to preview.
 *
 * @param environment with a namespace
 * @param from the same Environment before a change; empty to preview its creation
 * @param input Settings in the Composition's pipeline step
 * @param config the platform's EnvironmentConfig
 * @param resources other resources in the host cluster, which apps have values of
 * @param failures to inject
 * @param reconciliations after which to stop, at least 1; empty to run to the end
 */
public record PreviewRequest(
        Json.Obj environment,
        Optional<Json.Obj> from,
        Optional<Json.Obj> input,
        Optional<Json.Obj> config,
        List<Json.Obj> resources,
        List<Failure> failures,
        Optional<Integer> reconciliations) {

    /** Without other resources. */
    public PreviewRequest(
            Json.Obj environment,
            Optional<Json.Obj> from,
            Optional<Json.Obj> input,
            Optional<Json.Obj> config,
            List<Failure> failures,
            Optional<Integer> reconciliations) {
        this(environment, from, input, config, List.of(), failures, reconciliations);
    }

    /** The simulated time at the start; a constant, so that the same files give the same result. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * A failure to inject.
     *
     * @param name of an app, or {@code cluster}
     * @param message of Helm; without one, the chart of an app cannot be pulled, and a cluster never starts
     */
    public record Failure(String name, Optional<String> message) {}
}
