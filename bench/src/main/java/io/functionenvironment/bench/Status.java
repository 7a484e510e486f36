package io.functionenvironment.bench;

import static io.functionenvironment.bench.Json.map;

import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;

/** What providers say of a resource when all is well. */
final class Status {
    private Status() {}

    static Map<String, Object> of(String kind, Struct desired) {
        var conditions = List.of(condition("Synced", "ReconcileSuccess"), condition("Ready", "Available"));
        return switch (kind) {
            case "Release" ->
                map(
                        "conditions",
                        conditions,
                        "synced",
                        true,
                        "atProvider",
                        map("state", "deployed", "revision", 1, "releaseDescription", "Install complete"));
            case "Object" ->
                map(
                        "conditions",
                        conditions,
                        "atProvider",
                        map(
                                "manifest",
                                desired.getFieldsOrThrow("spec")
                                        .getStructValue()
                                        .getFieldsOrThrow("forProvider")
                                        .getStructValue()
                                        .getFieldsOrThrow("manifest")));
            default -> map();
        };
    }

    static Map<String, Object> condition(String type, String reason) {
        return map(
                "type",
                type,
                "status",
                "True",
                "reason",
                reason,
                "lastTransitionTime",
                Provider.MADE,
                "observedGeneration",
                1);
    }
}
