package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What failed where it was observed: it fails in the same way until its desired state changes. What only could not be reached
 * does not count.
 */
final class ObservedFailures {
    /** What crossplane-runtime puts before the error of an operation on an external resource. */
    private static final List<String> OPERATIONS = List.of("create failed: ", "update failed: ", "delete failed: ");

    private final Map<Ref, Optional<Double>> generations = new HashMap<>();

    /** Notes a managed resource, if it fails. */
    void note(Json managed) {
        var message = Conditions.get(managed, "Synced")
                .filter(synced -> synced.text("status").equals(Optional.of("False")))
                .flatMap(synced -> synced.text("message"));
        if (message.filter(text -> OPERATIONS.stream().anyMatch(text::startsWith))
                .isPresent()) {
            generations.put(Ref.of(managed), managed.number("metadata", "generation"));
        }
    }

    /** Whether a managed resource still fails. */
    boolean include(Json managed) {
        return managed.number("metadata", "generation").equals(generations.get(Ref.of(managed)))
                && managed.at("metadata", "deletionTimestamp").isEmpty();
    }
}
