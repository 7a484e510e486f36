package io.functionenvironment.preview;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the status of an Environment in a simulation says. */
record SimulatedEnvironment(Simulation simulation, Ref ref) {

    boolean ready() {
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

    Optional<String> refused() {
        return missing().stream()
                .filter(missing -> missing.startsWith("Accepted: "))
                .findFirst();
    }

    /** The conditions that are not True, except Ready, which follows from the others. */
    List<String> missing() {
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

    private Stream<Json> conditions() {
        return simulation.get(ref).stream().flatMap(found -> found.items("status", "conditions").stream());
    }
}
