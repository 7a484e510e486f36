package io.functionenvironment.server;

import io.functionenvironment.server.limits.Connections;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the server. Crossplane sends all calls over one connection, which one network thread reads, so calls run
 * on a pool with one thread per core. With a single core the hand-over would only cost time, and the network thread runs
 * the calls.
 *
 * @param calls empty if the network thread runs the calls
 */
record ServerExecutors(EventLoopGroup network, Optional<ExecutorService> calls) {
    static ServerExecutors forCores(int cores) {
        // NIO, because Netty unpacks its epoll library into a temporary folder, which a read-only root does not have.
        var network =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("network"), NioIoHandler.newFactory());
        return new ServerExecutors(
                network,
                cores == 1
                        ? Optional.empty()
                        : Optional.of(Executors.newFixedThreadPool(cores, new DefaultThreadFactory("call"))));
    }

    void applyTo(NettyServerBuilder builder, Connections connections) {
        builder.channelFactory(connections::listener)
                .bossEventLoopGroup(network)
                .workerEventLoopGroup(network);
        calls.ifPresentOrElse(builder::executor, builder::directExecutor);
    }

    void stop() {
        calls.ifPresent(ExecutorService::shutdown);
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
