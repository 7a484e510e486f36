package io.functionenvironment.preview;

import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Crossplane asks in the life of an Environment, for a server that wants to be warm before it is asked. */
public final class WarmupRequests {
    private static final String ENVIRONMENT = """
            apiVersion: platform.internal/v1beta1
            kind: Environment
            metadata:
              name: rehearsal
              namespace: rehearsal
            spec:
              size: small
              apps:
              - name: podinfo
                values: {replicaCount: 2, ui: {message: hello}}
              - name: second
                catalog: podinfo
                dependsOn: [podinfo]
              - name: nonsuch
            """;

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    private WarmupRequests() {}

    /** The requests of a life in which an Environment comes up, loses an app and is at rest; one app is not accepted. */
    public static List<FunctionRequest> requests() {
        var requests = new ArrayList<FunctionRequest>();
        var played = new InProcessFunction();
        var simulation = new Simulation(
                (call, now) -> {
                    requests.add(InProcessFunction.request(call));
                    return played.run(call, now);
                },
                SimulationOptions.DEFAULT);
        var environment =
                simulation.apply((Json.Obj) Yaml.documents(ENVIRONMENT).getFirst());
        simulation.advance(LONG_ENOUGH);
        simulation.edit(
                environment,
                body -> JsonEdit.set(body, body.items("spec", "apps").subList(0, 1), "spec", "apps"));
        simulation.advance(LONG_ENOUGH);
        return List.copyOf(requests);
    }
}
