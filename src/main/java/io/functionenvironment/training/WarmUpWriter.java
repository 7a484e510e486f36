package io.functionenvironment.training;

import com.google.protobuf.CodedOutputStream;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.main.WarmUpRequests;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes the requests that warm up the server. The build runs it after compilation; it writes the same bytes each time. */
public final class WarmUpWriter {
    private static final String ENVIRONMENT = """
            apiVersion: platform.internal/v1beta1
            kind: Environment
            metadata:
              name: warm-up
              namespace: warm-up
            spec:
              size: small
              apps:
              - name: podinfo
                values: {replicaCount: 2, ui: {message: hello}}
              - name: second
                catalog: podinfo
                dependsOn: [podinfo]
              - name: unknown
            """;

    /** Longer than the simulated Environment takes to become ready or to remove an app. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private WarmUpWriter() {}

    /**
     * Writes the resource that {@link WarmUpRequests} reads.
     *
     * @param arguments the root of the class path to write to
     */
    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[0]).resolve(WarmUpRequests.RESOURCE);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes());
    }

    /** Requests of an Environment that becomes ready, removes an app and is idle; one of its apps is rejected. */
    static List<RunFunctionRequest> requests() {
        var requests = new ArrayList<RunFunctionRequest>();
        var function = new InProcessFunction();
        var simulation = new Simulation(
                (call, now) -> {
                    requests.add(InProcessFunction.request(call).message());
                    return function.run(call, now);
                },
                SimulationOptions.DEFAULT);
        var environment =
                simulation.apply((Json.Obj) Yaml.documents(ENVIRONMENT).getFirst());
        simulation.advance(SETTLED);
        simulation.edit(
                environment,
                body -> JsonEdit.set(
                        body, new Json.Arr(body.items("spec", "apps").subList(0, 1)), "spec", "apps"));
        simulation.advance(SETTLED);
        return List.copyOf(requests);
    }

    private static byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance((OutputStream) bytes);
        out.useDeterministicSerialization();
        for (var request : requests()) {
            out.writeMessageNoTag(request);
        }
        out.flush();
        return bytes.toByteArray();
    }
}
