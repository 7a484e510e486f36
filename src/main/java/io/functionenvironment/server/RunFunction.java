package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.limits.RequestSize;
import io.functionenvironment.server.limits.WorkingMemory;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Lifecycle;
import io.functionenvironment.server.metrics.Metrics;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls.UnaryMethod;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.Optional;

/** One call from Crossplane. */
record RunFunction(SafeFunction function, WorkingMemory memory, Lifecycle lifecycle, Metrics metrics, Log log)
        implements UnaryMethod<ReceivedRequest, PackedResponse> {
    private static final double MEBI = 1024.0 * 1024.0;

    @Override
    public void invoke(ReceivedRequest received, StreamObserver<PackedResponse> observer) {
        var call = (ServerCallStreamObserver<PackedResponse>) observer;
        // Without a handler, gRPC throws if the caller has gone when it is answered.
        call.setOnCancelHandler(() -> {});
        var size = received.size();
        if (!memory.fits(size.weight())) {
            refuse(call, received, tooLarge(size));
            return;
        }
        try (var _ = memory.hold(size.weight())) {
            var unwanted = unwanted(call);
            if (unwanted.isPresent()) {
                call.onError(unwanted.get().asRuntimeException());
                return;
            }
            received.parsed()
                    .request()
                    .ifPresentOrElse(request -> run(call, request), () -> refuse(call, received, unreadable()));
        }
    }

    private void run(ServerCallStreamObserver<PackedResponse> call, PackedRequest request) {
        // A thread cannot be stopped, so the log says whose call it is before the probe of the pod fails.
        Context.CancellationListener late = _ -> log.late(request);
        Context.current().addListener(late, Runnable::run);
        try (var running = lifecycle.begin()) {
            var response = function.apply(request);
            unwanted(call)
                    .ifPresentOrElse(
                            status -> call.onError(status.asRuntimeException()), () -> answer(call, request, response));
            log.answered(request, response, running.time());
        } finally {
            Context.current().removeListener(late);
        }
    }

    /** With a Fatal result, which Crossplane shows; if the bytes are no message at all, their sender is not Crossplane. */
    private void refuse(ServerCallStreamObserver<PackedResponse> call, ReceivedRequest received, String why) {
        received.head()
                .ifPresentOrElse(
                        head -> answer(call, head, SafeFunction.fatal(head, why)),
                        () -> call.onError(Status.INTERNAL.withDescription(why).asRuntimeException()));
    }

    private String tooLarge(RequestSize size) {
        return String.format(
                Locale.ROOT,
                "the request is too large for this pod: %.1f MiB with %d values may take %.0f MiB of memory to process, and"
                        + " the pod has %.0f MiB for that. Request fewer apps or smaller values, or raise the memory limit in"
                        + " the function's runtime configuration",
                size.bytes() / MEBI,
                size.values(),
                size.weight() / MEBI,
                memory.bytes() / MEBI);
    }

    private static String unreadable() {
        return "cannot read the request: it is not a RunFunctionRequest, is cut short, contains text that is not UTF-8, or"
                + " nests more than %d messages, which is about %d levels of an object; nest values less deeply"
                        .formatted(ParsedRequest.MOST_NESTED, ParsedRequest.MOST_NESTED / 3);
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
