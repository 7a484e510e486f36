package io.functionenvironment;

import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.Optional;
import java.util.TreeMap;

/** Responses in a form that people can read and compare. */
final class Responses {
    private Responses() {}

    static Json of(RunFunctionResponse response) {
        var resources = new TreeMap<String, Object>();
        response.getDesired()
                .getResourcesMap()
                .forEach((name, resource) -> resources.put(
                        name,
                        obj(
                                "ready",
                                resource.getReady().name().replace("READY_", ""),
                                "resource",
                                StructCodec.tree(resource.getResource()))));
        var composite = response.getDesired().getComposite();
        return obj(
                "composite",
                obj(
                        "ready", composite.getReady().name().replace("READY_", ""),
                        "resource", StructCodec.tree(composite.getResource())),
                "resources",
                resources,
                "conditions",
                response.getConditionsList().stream()
                        .map(condition -> obj(
                                "type", condition.getType(),
                                "status", condition.getStatus().name().replace("STATUS_CONDITION_", ""),
                                "reason", condition.getReason(),
                                "message", condition.getMessage()))
                        .toList(),
                "results",
                response.getResultsList().stream()
                        .map(result -> obj(
                                "severity", result.getSeverity().name().replace("SEVERITY_", ""),
                                "reason", result.getReason(),
                                "message", result.getMessage()))
                        .toList(),
                "requires",
                Optional.of(response.getRequirements().getResourcesMap().keySet().stream()
                                .sorted()
                                .toList())
                        .filter(names -> !names.isEmpty()),
                "ttl",
                response.getMeta().getTtl().getSeconds() + "s");
    }
}
