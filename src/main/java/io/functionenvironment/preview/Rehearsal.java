package io.functionenvironment.preview;

import io.functionenvironment.simulation.Edit;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.tree.Tree;
import io.functionenvironment.tree.Yaml;
import io.functionenvironment.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Crossplane asks in the life of an Environment, for a server that wants to be warm before it is asked. */
public final class Rehearsal {
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

    private Rehearsal() {}

    /** The requests of a life in which an Environment comes up, loses an app and is at rest; one app is not accepted. */
    public static List<Request> requests() {
        var requests = new ArrayList<Request>();
        var played = new Played();
        var simulation = new Simulation(
                (call, now) -> {
                    requests.add(Played.request(call));
                    return played.call(call, now);
                },
                Simulation.Options.DEFAULT);
        var environment =
                simulation.apply((Tree.Obj) Yaml.documents(ENVIRONMENT).getFirst());
        simulation.advance(LONG_ENOUGH);
        simulation.edit(
                environment, body -> Edit.set(body, body.items("spec", "apps").subList(0, 1), "spec", "apps"));
        simulation.advance(LONG_ENOUGH);
        return List.copyOf(requests);
    }
}
