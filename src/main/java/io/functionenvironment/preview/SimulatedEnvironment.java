package io.functionenvironment.preview;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the status of an Environment in a simulation says. */
public record SimulatedEnvironment(Simulation simulation, Ref ref) {

    public boolean ready() {
        return conditions()
                .anyMatch(condition -> condition
                                .text("type")
                                .filter("Ready"::equals)
                                .isPresent()
                        && condition.text("status").filter("True"::equals).isPresent());
    }

    boolean removes() {
        return simulation.get(ref).stream()
                .anyMatch(found -> !found.items("status", "removing").isEmpty());
    }

    /** The message of the condition Accepted, unless it is True. */
    public Optional<String> refused() {
        return missing().stream()
                .filter(missing -> missing.startsWith("Accepted: "))
                .findFirst();
    }

    /** The conditions that are not True, except Ready, which follows from the others. */
    public List<String> missing() {
        return conditions()
                .filter(condition ->
                        !condition.text("type").filter("Ready"::equals).isPresent())
                .filter(condition ->
                        !condition.text("status").filter("True"::equals).isPresent())
                .filter(condition ->
                        !condition.text("reason").filter("NotRequested"::equals).isPresent())
                .map(condition -> condition.text("type").orElse("") + ": "
                        + condition
                                .text("message")
                                .or(() -> condition.text("reason"))
                                .orElse(""))
                .toList();
    }

    /** What is paid for at a cloud provider. */
    Optional<String> bill() {
        return simulation.get(ref).flatMap(found -> {
            var cluster = found.object("status", "cluster");
            return cluster.number("billableResources").map(count -> {
                var resources = count.intValue() + (count == 1 ? " billable resource" : " billable resources");
                var nodes = cluster.text("nodes").map(some -> some + (some.equals("1") ? " node" : " nodes"));
                var price = cluster.text("pricePerHour").map(some -> some + " per hour without what apps use besides");
                return Stream.of(
                                Optional.of("At the cloud provider: " + resources + " in "
                                        + cluster.text("location").orElse("")),
                                nodes,
                                price)
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", ", "", "."));
            });
        });
    }

    private Stream<Json> conditions() {
        return simulation.get(ref).stream().flatMap(found -> found.items("status", "conditions").stream());
    }
}
