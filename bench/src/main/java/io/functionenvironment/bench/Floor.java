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
 * What any function in Java pays: it reads the request, desires what is observed, and writes the response. As a server it
 * is the least that gRPC allows on one core, and takes nothing from the function but the messages.
 */
public final class Floor extends FunctionRunnerServiceImplBase {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

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

    /** Serves on a port of this machine: with mutual TLS where a folder of certificates follows. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // or SLF4J complains that it has no logger
        var thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(thread)
                .workerEventLoopGroup(thread)
                .directExecutor()
                .maxInboundMessageSize(MOST_BYTES)
                .addService(new Floor());
        if (arguments.length > 1) {
            var folder = Path.of(arguments[1]);
            var tls = SslContextBuilder.forServer(
                            folder.resolve("tls.crt").toFile(),
                            folder.resolve("tls.key").toFile())
                    .trustManager(folder.resolve("ca.crt").toFile())
                    .clientAuth(ClientAuth.REQUIRE);
            server.sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build());
        }
        server.build().start().awaitTermination();
    }
}
