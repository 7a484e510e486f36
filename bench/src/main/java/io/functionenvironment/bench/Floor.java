package io.functionenvironment.bench;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceImplBase;
import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * The least that a function in Java costs: it parses the request, desires what is observed, and serializes the response. Its
 * server is the smallest that gRPC allows on one core, and shares only the messages with the function.
 */
public final class Floor extends FunctionRunnerServiceImplBase {
    private static final int MAX_MESSAGE_SIZE = 16 * 1024 * 1024;

    private Floor() {}

    static RunFunctionResponse answer(RunFunctionRequest request) {
        return RunFunctionResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()))
                .setDesired(request.getObserved())
                .build();
    }

    @Override
    public void runFunction(RunFunctionRequest request, StreamObserver<RunFunctionResponse> observer) {
        observer.onNext(answer(request));
        observer.onCompleted();
    }

    /** Serves on a local port; a second argument is the directory of the certificates for mutual TLS. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InternalLoggerFactory.setDefaultFactory(
                JdkLoggerFactory.INSTANCE); // avoids SLF4J's warning about a missing provider
        var thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(thread)
                .workerEventLoopGroup(thread)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_SIZE)
                .addService(new Floor());
        if (arguments.length > 1) {
            var directory = Path.of(arguments[1]);
            var tls = SslContextBuilder.forServer(
                            directory.resolve("tls.crt").toFile(),
                            directory.resolve("tls.key").toFile())
                    .trustManager(directory.resolve("ca.crt").toFile())
                    .clientAuth(ClientAuth.REQUIRE);
            server.sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build());
        }
        server.build().start().awaitTermination();
    }
}
