package io.functionenvironment.server;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long Crossplane may stay connected, how much it may ask at once, and how often whether we are still there. */
final class ConnectionLimits {
    /** Crossplane looks for new replicas only when a connection ends, so connections must end now and then. */
    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    /** Crossplane gives up on a composite resource after two minutes, so no call is cut off. */
    private static final Duration AGE_GRACE = Duration.ofMinutes(2);

    /** gRPC drops who pings more often than every 5 minutes, as a later Crossplane may; Go clients never go below this. */
    private static final Duration LEAST_BETWEEN_PINGS = Duration.ofSeconds(5);

    /**
     * A call takes a millisecond, and what comes in beyond these waits on Crossplane's side, where it costs nothing. Here
     * it would take its request's size of direct memory while it waits; where there is none left, the connection breaks.
     */
    private static final int MOST_CALLS = 8;

    /** Who opens connections without a certificate should not keep them for long. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    private ConnectionLimits() {}

    static void set(NettyServerBuilder builder) {
        builder.permitKeepAliveTime(LEAST_BETWEEN_PINGS.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(MOST_CALLS)
                .handshakeTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAge(MOST_AGE.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAgeGrace(AGE_GRACE.toSeconds(), TimeUnit.SECONDS);
    }
}
