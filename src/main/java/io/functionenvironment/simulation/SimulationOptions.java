package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a simulation.
 *
 * @param start the time at first
 * @param seed of the random order of applies and of the jitter
 * @param input the input of the step in the Composition
 * @param startup how long a virtual cluster takes until its API server is ready
 * @param podTermination how long a deleted namespace with pods in it stays Terminating
 * @param watches whether provider-kubernetes runs with {@code --enable-watches}
 * @param keepUncontrolled whether Crossplane leaves an observed resource that is not desired and has no controller, as it
 *     does from 2.4 on (GHSA-77cv-mrm6-fr3c); 2.3.4 deletes it
 * @param unknown objects of which nobody knows whether they exist. A function that asks for one by name gets no answer, where
 *     a real Crossplane would find it or not
 */
public record SimulationOptions(
        Instant start,
        long seed,
        Optional<Json.Obj> input,
        Duration startup,
        Duration podTermination,
        boolean watches,
        boolean keepUncontrolled,
        Set<Ref> unknown) {
    public static final SimulationOptions DEFAULT = new SimulationOptions(
            Instant.parse("2026-01-01T00:00:00Z"),
            1,
            Optional.empty(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(12),
            false,
            false,
            Set.of());

    public SimulationOptions withStart(Instant other) {
        return new SimulationOptions(other, seed, input, startup, podTermination, watches, keepUncontrolled, unknown);
    }

    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(start, other, input, startup, podTermination, watches, keepUncontrolled, unknown);
    }

    public SimulationOptions withInput(Optional<Json.Obj> other) {
        return new SimulationOptions(start, seed, other, startup, podTermination, watches, keepUncontrolled, unknown);
    }

    public SimulationOptions withWatches(boolean other) {
        return new SimulationOptions(start, seed, input, startup, podTermination, other, keepUncontrolled, unknown);
    }

    public SimulationOptions withKeepUncontrolled(boolean other) {
        return new SimulationOptions(start, seed, input, startup, podTermination, watches, other, unknown);
    }

    public SimulationOptions withUnknown(Set<Ref> other) {
        return new SimulationOptions(start, seed, input, startup, podTermination, watches, keepUncontrolled, other);
    }
}
