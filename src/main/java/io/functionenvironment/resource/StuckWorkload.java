package io.functionenvironment.resource;

import io.functionenvironment.json.Json;
import java.util.Map;
import java.util.Optional;

/** Workloads that Kubernetes itself reports as failed, so that waiting does not help. */
final class StuckWorkload {
    /** By kind, the condition that says so and its status. */
    private static final Map<String, Map.Entry<String, String>> CONDITIONS =
            Map.of("Deployment", Map.entry("Progressing", "False"), "Job", Map.entry("Failed", "True"));

    private StuckWorkload() {}

    /** What Kubernetes says; empty if it does not say that. */
    static Optional<String> of(Json.Obj workload) {
        var kind = workload.text("kind").orElse("");
        return Optional.ofNullable(CONDITIONS.get(kind))
                .flatMap(condition -> workload.items("status", "conditions").stream()
                        .filter(found -> found.text("type").equals(Optional.of(condition.getKey()))
                                && found.text("status").equals(Optional.of(condition.getValue())))
                        .findFirst())
                .map(found -> kind + " " + workload.text("metadata", "name").orElse("") + " in the namespace "
                        + workload.text("metadata", "namespace").orElse("") + " fails: "
                        + found.text("message").or(() -> found.text("reason")).orElse(""));
    }
}
