package io.functionenvironment.server.limits;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits on the age of a connection, its concurrent calls, its control frames and its handshake. */
public final class ConnectionLimits {
    /** Crossplane resolves new replicas only when a connection ends, so connections must end regularly. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Crossplane's own timeout per composite resource is two minutes, so no running call is cut off. */
    private static final Duration MAX_AGE_GRACE = Duration.ofMinutes(2);

    /** gRPC's default of 5 minutes would close connections of clients that ping more often; Go clients never ping more often than every 10 s. */
    private static final Duration MIN_PING_INTERVAL = Duration.ofSeconds(5);

    /** A client that vanished without closing its connection is noticed by the missing answer to a ping. */
    private static final Duration PING_AFTER = Duration.ofSeconds(30);

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

    /**
     * A call takes about a millisecond, and further calls wait in Crossplane, where they cost nothing. Here each waiting
     * call holds a window of its request.
     */
    private static final int MAX_CONCURRENT_CALLS = 8;

    /**
     * How much of a request a call holds before it is admitted. On the network of a cluster a larger window is no faster.
     * Without a fixed size, gRPC lets it grow to 8 MiB.
     */
    private static final int WINDOW = 64 * 1024;

    /** Limits how long a client without a certificate can hold a connection. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

    /** A client that opens and resets calls costs more here than there. Crossplane resets a call when it no longer waits. */
    private static final int MAX_RESETS = 1000;

    private static final Duration RESET_WINDOW = Duration.ofSeconds(30);

    private ConnectionLimits() {}

    public static void applyTo(NettyServerBuilder builder) {
        builder.permitKeepAliveTime(MIN_PING_INTERVAL.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(PING_AFTER.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(PING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .maxConcurrentCallsPerConnection(MAX_CONCURRENT_CALLS)
                .flowControlWindow(WINDOW)
                .maxRstFramesPerWindow(MAX_RESETS, (int) RESET_WINDOW.toSeconds())
                .handshakeTimeout(HANDSHAKE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAge(MAX_AGE.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAgeGrace(MAX_AGE_GRACE.toSeconds(), TimeUnit.SECONDS);
    }
}
