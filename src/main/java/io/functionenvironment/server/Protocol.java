package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionProto;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.util.List;

/**
 * The two names under which Crossplane may call the function. Their messages are the same on the wire, so one set of packed
 * classes serves both.
 *
 * @param service the full name
 * @param file describes the service to clients that use reflection, and is loaded only for them
 */
record Protocol(String service, ProtoFileDescriptorSupplier file) {
    static final Protocol V1 = new Protocol(FunctionRunnerServiceGrpc.SERVICE_NAME, RunFunctionProto::getDescriptor);

    static final Protocol V1BETA1 = new Protocol(
            io.functionenvironment.proto.v1beta1.FunctionRunnerServiceGrpc.SERVICE_NAME,
            io.functionenvironment.proto.v1beta1.RunFunctionProto::getDescriptor);

    static final List<Protocol> ALL = List.of(V1, V1BETA1);

    ServerServiceDefinition serve(UnaryMethod<ReceivedRequest, PackedResponse> function) {
        var method = MethodDescriptor.<ReceivedRequest, PackedResponse>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "RunFunction"))
                .setRequestMarshaller(new ReceivedRequest.Reader())
                .setResponseMarshaller(new SortedMarshaller())
                .setSampledToLocalTracing(false)
                .build();
        var descriptor = ServiceDescriptor.newBuilder(service)
                .setSchemaDescriptor(file)
                .addMethod(method)
                .build();
        return ServerServiceDefinition.builder(descriptor)
                .addMethod(method, ServerCalls.asyncUnaryCall(function))
                .build();
    }
}
