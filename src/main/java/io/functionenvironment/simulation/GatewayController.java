package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * What the controller of a Gateway does with an HTTPRoute: a moment after each change, it says that each Gateway of the route serves it.
 * It checks neither that there is such a Gateway, nor host nor backend.
 */
record GatewayController(VirtualClock clock) {
    private static final String KIND = "HTTPRoute";
    private static final String NAME = "example.org/gateway-controller";
    private static final Duration DELAY = Duration.ofSeconds(1);

    void start(Cluster cluster) {
        cluster.watch(event -> {
            if (event.ref().isKind(KIND) && event.after().isPresent() && event.changes("metadata", "generation")) {
                clock.schedule(DELAY, () -> cluster.update(event.ref(), GatewayController::serve));
            }
        });
    }

    private static Json.Obj serve(Json.Obj route) {
        var parents = route.items("spec", "parentRefs").stream()
                .map(parent -> obj(
                        field("parentRef", parent),
                        field("controllerName", NAME),
                        field("conditions", List.of(met(route, "Accepted"), met(route, "ResolvedRefs")))))
                .toList();
        return JsonEdit.set(route, parents, "status", "parents");
    }

    private static Json.Obj met(Json.Obj route, String condition) {
        return obj(
                field("type", condition),
                field("status", "True"),
                field("reason", condition),
                number("observedGeneration", route.number("metadata", "generation")));
    }
}
