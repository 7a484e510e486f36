package io.functionenvironment.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.Registry;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.v1.RequestMeta;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The call that Crossplane makes most: for an Environment that is ready and unchanged.
 *
 * @param request as it comes from the network
 * @param response the function's response at {@link #NOW}
 * @param floor the response of the floor
 */
record Sample(byte[] request, byte[] response, byte[] floor) {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration AGE = Duration.ofHours(1);
    private static final EnvironmentFunction FUNCTION = new EnvironmentFunction(Registry.SHIPPED);

    /** As long as the one of a vcluster, which contains three certificates. */
    private static final ByteString KUBECONFIG = ByteString.copyFromUtf8("k".repeat(5600));

    /** With a number of apps, and the same rules for everybody. */
    static Sample of(int apps) {
        return of(SampleEnvironment.of(apps, false), SampleSettings.of());
    }

    /** The last request of a simulation in which the Environment was created an hour ago. */
    static Sample of(Json.Obj requested, Json.Obj settings) {
        var options = SimulationOptions.DEFAULT.withStart(NOW.minus(AGE)).withInput(Optional.of(settings));
        var simulation = new Simulation(new InProcessFunction(), options);
        var environment = simulation.apply(requested);
        simulation.advance(AGE);
        requireReady(simulation.get(environment).orElseThrow());
        var last = simulation.history().getLast().request();
        var request = realistic(InProcessFunction.request(last).message());
        try {
            return new Sample(
                    request.toByteArray(),
                    answer(request.toByteArray()),
                    Floor.answer(request).toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the request cannot be parsed", e);
        }
    }

    /** From bytes to bytes, as the server does it. */
    static byte[] answer(byte[] request) throws IOException {
        return answer(FUNCTION, request);
    }

    /** Likewise, by a function that has read no Settings before. */
    static byte[] answerAnew(byte[] request) throws IOException {
        return answer(new EnvironmentFunction(Registry.SHIPPED), request);
    }

    private static byte[] answer(EnvironmentFunction function, byte[] request) throws IOException {
        var in = UnsafeByteOperations.unsafeWrap(request).newCodedInput();
        in.enableAliasing(true);
        var packed = PackedRequest.parseFrom(in);
        return function.run(new FunctionRequest(packed), NOW).packed().toByteArray();
    }

    /** With a tag, and a kubeconfig as long as a real one. */
    private static RunFunctionRequest realistic(RunFunctionRequest simulated) {
        var request = simulated.toBuilder().setMeta(RequestMeta.newBuilder().setTag("3f8a1c52e6d04b7f9c1e"));
        simulated.getObserved().getResourcesMap().forEach((name, resource) -> {
            if (resource.containsConnectionDetails("kubeconfig")) {
                request.getObservedBuilder()
                        .putResources(
                                name,
                                resource.toBuilder()
                                        .putConnectionDetails("kubeconfig", KUBECONFIG)
                                        .build());
            }
        });
        return request.build();
    }

    private static void requireReady(Json environment) {
        var ready = environment.items("status", "conditions").stream()
                .anyMatch(condition -> condition.text("type").equals(Optional.of("Ready"))
                        && condition.text("status").equals(Optional.of("True")));
        if (!ready) {
            throw new IllegalStateException("the Environment is not ready: " + environment.at("status", "conditions"));
        }
    }
}
