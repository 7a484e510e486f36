package io.functionenvironment.bench;

import static io.functionenvironment.bench.Json.map;
import static io.functionenvironment.bench.Json.struct;

import com.google.protobuf.UnsafeByteOperations;
import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.Registry;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.RequestMeta;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.proto.v1.State;
import java.io.IOException;
import java.time.Instant;

/**
 * A call about an environment that is as it should be.
 *
 * @param request as it comes from the network
 * @param response what the function makes of it at {@link #NOW}
 * @param floor what the floor makes of it
 */
record Sample(byte[] request, byte[] response, byte[] floor) {
    private static final EnvironmentFunction FUNCTION = new EnvironmentFunction(Registry.SHIPPED);

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final int MOST_ROUNDS = 20;

    /** Asks with what was desired the time before, until everything is ready. */
    static Sample of(int apps) {
        var composite = Asked.environment(apps);
        var observed = State.newBuilder().setComposite(composite).build();
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var request = request(observed);
            var response = answer(request);
            if (response.hasRequirements()) { // Crossplane looks, finds nothing, and asks again.
                var found = request.toBuilder();
                response.getRequirements()
                        .getResourcesMap()
                        .keySet()
                        .forEach(name -> found.putRequiredResources(name, Resources.getDefaultInstance()));
                request = found.build();
                response = answer(request);
            }
            refuseFailure(response);
            if (isSettled(response, observed, apps)) {
                return new Sample(
                        request.toByteArray(),
                        response.toByteArray(),
                        Floor.answer(request).toByteArray());
            }
            var next = State.newBuilder().setComposite(Provider.withStatus(composite, response));
            response.getDesired()
                    .getResourcesMap()
                    .forEach((name, desired) -> next.putResources(name, Provider.made(name, desired)));
            observed = next.build();
        }
        throw new IllegalStateException("not everything was ready after %d rounds".formatted(MOST_ROUNDS));
    }

    /** From bytes to bytes, as the server does it. */
    static byte[] answer(byte[] request) throws IOException {
        var in = UnsafeByteOperations.unsafeWrap(request).newCodedInput();
        in.enableAliasing(true);
        var packed = PackedRequest.parseFrom(in);
        return FUNCTION.run(new FunctionRequest(packed), NOW).packed().toByteArray();
    }

    private static RunFunctionResponse answer(RunFunctionRequest request) {
        return FUNCTION.run(new FunctionRequest(request), NOW).message();
    }

    private static boolean isSettled(RunFunctionResponse response, State observed, int apps) {
        var desired = response.getDesired().getResourcesMap();
        return desired.size() > apps
                && desired.keySet().equals(observed.getResourcesMap().keySet())
                && desired.values().stream().allMatch(resource -> resource.getReady() == Ready.READY_TRUE);
    }

    private static void refuseFailure(RunFunctionResponse response) {
        response.getResultsList().stream()
                .filter(result -> result.getSeverity() == Severity.SEVERITY_FATAL)
                .forEach(result -> {
                    throw new IllegalStateException("the function fails: " + result.getMessage());
                });
    }

    private static RunFunctionRequest request(State observed) {
        return RunFunctionRequest.newBuilder()
                .setMeta(RequestMeta.newBuilder().setTag("3f8a1c52e6d04b7f9c1e"))
                .setObserved(observed)
                .setInput(struct(map(
                        "apiVersion",
                        "environment.fn.crossplane.io/v1beta1",
                        "kind",
                        "Settings",
                        "spec",
                        map("limits", map("maxApps", 50)))))
                .build();
    }
}
