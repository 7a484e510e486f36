package io.functionenvironment.server;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionProto;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.util.List;

/**
 * The two names under which Crossplane may call. Their messages are the same on the wire, so one set of classes serves
 * both, and those of v1beta1 are loaded only for reflection.
 *
 * @param service its full name
 * @param file describes it to those who ask by reflection
 */
record Protocol(String service, ProtoFileDescriptorSupplier file) {
    static final Protocol V1 = new Protocol(FunctionRunnerServiceGrpc.SERVICE_NAME, RunFunctionProto::getDescriptor);

    static final Protocol V1BETA1 = new Protocol(
            io.functionenvironment.proto.v1beta1.FunctionRunnerServiceGrpc.SERVICE_NAME,
            io.functionenvironment.proto.v1beta1.RunFunctionProto::getDescriptor);

    static final List<Protocol> ALL = List.of(V1, V1BETA1);

    /**
     * Each level of an object is three messages, so protobuf's own limit of 100 would end at about 30 levels, which values
     * and schemas may have. At this one a thread's stack is far from full.
     */
    private static final int MOST_NESTED = 500;

    static final Marshaller<RunFunctionRequest> REQUESTS =
            ProtoUtils.marshallerWithRecursionLimit(RunFunctionRequest.getDefaultInstance(), MOST_NESTED);

    static final Marshaller<RunFunctionResponse> RESPONSES = new SortedMarshaller();

    ServerServiceDefinition serve(UnaryMethod<RunFunctionRequest, RunFunctionResponse> function) {
        var method = MethodDescriptor.<ParsedRequest, RunFunctionResponse>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "RunFunction"))
                .setRequestMarshaller(new ParsedRequest.Reader(REQUESTS))
                .setResponseMarshaller(RESPONSES)
                .setSampledToLocalTracing(false)
                .build();
        var descriptor = ServiceDescriptor.newBuilder(service)
                .setSchemaDescriptor(file)
                .addMethod(method)
                .build();
        return ServerServiceDefinition.builder(descriptor)
                .addMethod(
                        method,
                        ServerCalls.asyncUnaryCall((received, observer) -> received.request()
                                .ifPresentOrElse(
                                        request -> function.invoke(request, observer),
                                        () -> observer.onError(unreadable()))))
                .build();
    }

    private static StatusRuntimeException unreadable() {
        return Status.INTERNAL
                .withDescription(
                        "cannot read the request: it is no RunFunctionRequest, is cut short, has text that is not"
                                + " UTF-8, or more than %d messages in one another".formatted(MOST_NESTED))
                .asRuntimeException();
    }
}
