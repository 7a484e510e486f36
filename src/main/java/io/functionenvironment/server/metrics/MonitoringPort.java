package io.functionenvironment.server.metrics;

import io.functionenvironment.server.limits.Connections;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpObjectAggregator;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpServerCodec;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Plain HTTP for clients without a certificate of Crossplane: {@code /livez} and {@code /readyz} for the kubelet,
 * {@code /metrics} for Prometheus. It exposes no content of requests. Everybody can connect, so a connection is for one
 * request, and clients that open many only close their own.
 */
public final class MonitoringPort implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;

    /** From the first byte of the request to the last of the response. The kubelet waits for five seconds. */
    private static final Duration LIFETIME = Duration.ofSeconds(10);

    private static final int MOST_BODY = 1024;

    private final Channel channel;
    private final EventLoopGroup thread;

    private MonitoringPort(Channel channel, EventLoopGroup thread) {
        this.channel = channel;
        this.thread = thread;
    }

    /**
     * Starts listening.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static MonitoringPort open(InetSocketAddress address, Lifecycle lifecycle, Metrics metrics)
            throws IOException {
        // A thread of its own, so that probes do not wait for calls.
        var thread = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("monitoring", true), NioIoHandler.newFactory());
        var connections = new Connections(MOST_CONNECTIONS, MOST_CONNECTIONS);
        var bound = new ServerBootstrap()
                .group(thread)
                .channelFactory(connections::listener)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MOST_BODY),
                                        new MonitoringHandler(lifecycle, metrics));
                        closeAfter(LIFETIME, client);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = thread.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return new MonitoringPort(bound.channel(), thread);
    }

    private static void closeAfter(Duration time, Channel client) {
        var end = client.eventLoop()
                .schedule(
                        () -> {
                            var _ = client.close();
                        },
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
        var _ = client.closeFuture().addListener(closed -> end.cancel(false));
    }

    /** The port; the actual one if the address has port 0. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
