package io.functionenvironment.server;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls.UnaryMethod;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** One call from Crossplane. */
record RunFunction(SafeFunction function, Log log) implements UnaryMethod<RunFunctionRequest, RunFunctionResponse> {

    @Override
    public void invoke(RunFunctionRequest request, StreamObserver<RunFunctionResponse> observer) {
        var call = (ServerCallStreamObserver<RunFunctionResponse>) observer;
        // Without a handler, gRPC throws when a caller has gone that we answer.
        call.setOnCancelHandler(() -> {});
        if (call.isCancelled()) {
            call.onError(Status.CANCELLED
                    .withDescription("the caller no longer waits")
                    .asRuntimeException());
            return;
        }
        var start = System.nanoTime();
        var response = function.apply(request);
        call.onNext(response);
        call.onCompleted();
        log.answered(request, response, Duration.ofNanos(System.nanoTime() - start));
    }
}
