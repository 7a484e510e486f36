package io.functionenvironment.training;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Calls a function as Crossplane does: all calls over one connection, alternating between both protocol versions. */
final class Caller implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;
    private static final String V1BETA1 = "apiextensions.fn.proto.v1beta1.FunctionRunnerService";

    private static final List<MethodDescriptor<RunFunctionRequest, RunFunctionResponse>> METHODS = List.of(
            FunctionRunnerServiceGrpc.getRunFunctionMethod(),
            FunctionRunnerServiceGrpc.getRunFunctionMethod().toBuilder()
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(V1BETA1, "RunFunction"))
                    .setSchemaDescriptor(null)
                    .build());

    private final MultiThreadIoEventLoopGroup network = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ManagedChannel channel;
    private int calls;

    /** @param tls empty for plain text */
    Caller(String host, int port, Optional<SslContext> tls) {
        var builder = NettyChannelBuilder.forAddress(host, port)
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(network);
        channel = tls.map(builder::sslContext).orElseGet(builder::usePlaintext).build();
    }

    /**
     * Calls the function, and waits up to 60 seconds for the server to listen.
     *
     * @throws IllegalStateException if the response has a fatal result
     */
    void call(RunFunctionRequest request) {
        var method = METHODS.get(calls++ % METHODS.size());
        var response = ClientCalls.blockingUnaryCall(channel, method, options(), request);
        response.getResultsList().stream()
                .filter(result -> result.getSeverity() == Severity.SEVERITY_FATAL)
                .forEach(result -> {
                    throw new IllegalStateException("the function returned a fatal result: " + result.getMessage());
                });
    }

    /** Calls the health service. */
    void checkHealth() {
        ClientCalls.blockingUnaryCall(
                channel, HealthGrpc.getCheckMethod(), options(), HealthCheckRequest.getDefaultInstance());
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdown();
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
