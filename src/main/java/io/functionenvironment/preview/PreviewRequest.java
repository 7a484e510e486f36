package io.functionenvironment.preview;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be previewed.
 *
 * @param input the Settings in the Composition's step
 * @param config the platform's EnvironmentConfig
 * @param failures what is to go wrong
 * @param passes after how many reconciliations to stop; empty to go on to the end
 */
public record PreviewRequest(
        Json.Obj environment,
        Optional<Json.Obj> input,
        Optional<Json.Obj> config,
        List<Failing> failures,
        Optional<Integer> passes) {

    /** What the clock shows at first; always the same, so that the same files give the same text. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * Something that goes wrong.
     *
     * @param name of an app, or {@code cluster}
     * @param message what Helm then says; without one a chart cannot be pulled, and a cluster never starts
     */
    public record Failing(String name, Optional<String> message) {}
}
