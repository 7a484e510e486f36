package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Options of a simulation.
 *
 * @param start the time at first
 * @param seed of the random order of applies and of the jitter
 * @param input the input of the step in the Composition
 * @param startup how long a virtual cluster takes until its API server is ready
 * @param podTermination how long a deleted namespace with pods in it stays Terminating
 * @param watches whether provider-kubernetes runs with {@code --enable-watches}
 */
public record SimulationOptions(
        Instant start,
        long seed,
        Optional<Json.Obj> input,
        Duration startup,
        Duration podTermination,
        boolean watches) {
    public static final SimulationOptions DEFAULT = new SimulationOptions(
            Instant.parse("2026-01-01T00:00:00Z"),
            1,
            Optional.empty(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(12),
            false);

    public SimulationOptions withStart(Instant other) {
        return new SimulationOptions(other, seed, input, startup, podTermination, watches);
    }

    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(start, other, input, startup, podTermination, watches);
    }

    public SimulationOptions withInput(Optional<Json.Obj> other) {
        return new SimulationOptions(start, seed, other, startup, podTermination, watches);
    }

    public SimulationOptions withWatches(boolean other) {
        return new SimulationOptions(start, seed, input, startup, podTermination, other);
    }
}
