package io.functionenvironment.server;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits on the age of a connection, its concurrent calls, its keepalive pings and its handshake. */
final class ConnectionLimits {
    /** Crossplane resolves new replicas only when a connection ends, so connections must end regularly. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Crossplane's own timeout per composite resource is two minutes, so no running call is cut off. */
    private static final Duration MAX_AGE_GRACE = Duration.ofMinutes(2);

    /** gRPC's default of 5 minutes would close connections of clients that ping more often; Go clients never ping more often than every 10 s. */
    private static final Duration MIN_PING_INTERVAL = Duration.ofSeconds(5);

    /**
     * A call takes about a millisecond, and further calls wait in Crossplane, where they cost nothing. Here each waiting
     * call would hold direct memory of the size of its request, and a connection breaks when there is none left.
     */
    private static final int MAX_CONCURRENT_CALLS = 8;

    /** Limits how long a client without a certificate can hold a connection. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

    private ConnectionLimits() {}

    static void applyTo(NettyServerBuilder builder) {
        builder.permitKeepAliveTime(MIN_PING_INTERVAL.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(MAX_CONCURRENT_CALLS)
                .handshakeTimeout(HANDSHAKE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAge(MAX_AGE.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAgeGrace(MAX_AGE_GRACE.toSeconds(), TimeUnit.SECONDS);
    }
}
