package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Lifecycle;
import io.functionenvironment.server.metrics.Metrics;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls.UnaryMethod;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** One call from Crossplane. */
record RunFunction(SafeFunction function, Lifecycle lifecycle, Metrics metrics, Log log)
        implements UnaryMethod<PackedRequest, PackedResponse> {
    @Override
    public void invoke(PackedRequest request, StreamObserver<PackedResponse> observer) {
        var call = (ServerCallStreamObserver<PackedResponse>) observer;
        // Without a handler, gRPC throws if the caller has gone when it is answered.
        call.setOnCancelHandler(() -> {});
        var unwanted = unwanted(call);
        if (unwanted.isPresent()) {
            call.onError(unwanted.get().asRuntimeException());
            return;
        }
        try (var running = lifecycle.begin()) {
            var response = function.apply(request);
            unwanted(call)
                    .ifPresentOrElse(
                            status -> call.onError(status.asRuntimeException()), () -> answer(call, request, response));
            log.answered(request, response, running.time());
        }
    }

    private void answer(ServerCallStreamObserver<PackedResponse> call, PackedRequest request, PackedResponse response) {
        try {
            call.onNext(response);
            call.onCompleted();
            response.getResultsList().forEach(result -> metrics.result(severity(result.getSeverity())));
        } catch (RuntimeException | Error unexpected) {
            // For example, there was no memory. The call has to end, or the caller waits until its deadline.
            metrics.fault();
            log.unexpected(request, unexpected);
            call.onError(Status.INTERNAL
                    .withDescription("cannot send the response; see the function's log")
                    .asRuntimeException());
        }
    }

    static String severity(Severity severity) {
        return severity.name().replace("SEVERITY_", "");
    }

    /** Why the caller no longer waits, if so: the call may have been queued, or may have taken long. */
    private static Optional<Status> unwanted(ServerCallStreamObserver<PackedResponse> call) {
        var context = Context.current();
        var deadline = context.getDeadline();
        if (deadline != null && deadline.isExpired()) {
            return Optional.of(Status.DEADLINE_EXCEEDED.withDescription("the caller's deadline has passed"));
        }
        return context.isCancelled() || call.isCancelled()
                ? Optional.of(Status.CANCELLED.withDescription("the caller no longer waits"))
                : Optional.empty();
    }
}
