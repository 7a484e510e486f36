package io.functionenvironment.server.limits;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open connections of a port. A connection is a stranger until {@link #known} is called for it. If there are too many
 * strangers, the oldest of the address with the most of them is closed: whoever opens many connections only loses their own.
 */
public final class Connections {
    private final int mostStrangers;
    private final int mostKnown;
    private final Map<SocketAddress, Channel> strangers = new LinkedHashMap<>();
    private final Map<SocketAddress, Channel> known = new LinkedHashMap<>();

    /** @param mostKnown further connections are refused, because none of these is worth less */
    public Connections(int mostStrangers, int mostKnown) {
        this.mostStrangers = mostStrangers;
        this.mostKnown = mostKnown;
    }

    /** A listening socket whose connections are counted here. */
    public NioServerSocketChannel listener() {
        return new NioServerSocketChannel() {
            @Override
            protected int doReadMessages(List<Object> accepted) throws Exception {
                super.doReadMessages(accepted);
                accepted.removeIf(connection -> connection instanceof Channel channel && !opened(channel));
                // Not 0 after a refusal, which would only end this round of accepting.
                return accepted.size();
            }
        };
    }

    /** The client of a connection has proved who it is. */
    public synchronized void known(SocketAddress client) {
        var channel = strangers.remove(client);
        if (channel != null) {
            known.put(client, channel);
        }
    }

    /** Closes the connection of a client, if it is open. */
    void close(SocketAddress client) {
        Channel channel;
        synchronized (this) {
            channel = known.getOrDefault(client, strangers.get(client));
        }
        if (channel != null) {
            closeAtOnce(channel);
        }
    }

    /** Without the handlers of the connection, which would wait until the client has taken all responses. */
    private static void closeAtOnce(Channel channel) {
        channel.eventLoop()
                .execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
    }

    /** The number of open connections. */
    public synchronized int size() {
        return strangers.size() + known.size();
    }

    /** False if the connection was refused. */
    private boolean opened(Channel channel) {
        var client = channel.remoteAddress();
        var evicted = Optional.<Channel>empty();
        synchronized (this) {
            if (client == null || known.size() >= mostKnown) {
                channel.unsafe().closeForcibly();
                return false;
            }
            if (strangers.size() >= mostStrangers) {
                evicted = Optional.ofNullable(strangers.remove(worthLeast()));
            }
            strangers.put(client, channel);
        }
        evicted.ifPresent(Connections::closeAtOnce);
        var _ = channel.closeFuture().addListener(closed -> gone(client));
        return true;
    }

    private SocketAddress worthLeast() {
        var most = strangers.keySet().stream().collect(groupingBy(Connections::host, counting())).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return strangers.keySet().stream()
                .filter(client -> host(client).equals(most))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<InetAddress> host(SocketAddress client) {
        return client instanceof InetSocketAddress address
                ? Optional.ofNullable(address.getAddress())
                : Optional.empty();
    }

    private synchronized void gone(SocketAddress client) {
        strangers.remove(client);
        known.remove(client);
    }
}
