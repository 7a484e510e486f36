package io.functionenvironment.server;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Who does the work. Crossplane sends all its calls down one connection, which one thread reads, so calls run on threads
 * of their own, one per core; on a single core that would only cost a hand-over, and the reading thread runs them.
 *
 * @param calls none where the reading thread runs them
 */
record ServerExecutors(EventLoopGroup network, Optional<ExecutorService> calls) {
    static ServerExecutors forCores(int cores) {
        // NIO, because Netty's epoll is unpacked into a temporary folder, which a read-only root does not have.
        var network =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("network"), NioIoHandler.newFactory());
        return new ServerExecutors(
                network,
                cores == 1
                        ? Optional.empty()
                        : Optional.of(Executors.newFixedThreadPool(cores, new DefaultThreadFactory("call"))));
    }

    void set(NettyServerBuilder builder) {
        builder.channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(network)
                .workerEventLoopGroup(network);
        calls.ifPresentOrElse(builder::executor, builder::directExecutor);
    }

    void stop() {
        calls.ifPresent(ExecutorService::shutdown);
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
