package io.functionenvironment.server;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long Crossplane may stay connected, how much it may ask at once, and how often whether we are still there. */
final class Connections {
    /** Crossplane looks for new replicas only when a connection ends, so connections must end now and then. */
    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    /** Crossplane gives up on a composite resource after two minutes, so no call is cut off. */
    private static final Duration AGE_GRACE = Duration.ofMinutes(2);

    /** gRPC drops who pings more often than every 5 minutes, as a later Crossplane may; Go clients never go below this. */
    private static final Duration LEAST_BETWEEN_PINGS = Duration.ofSeconds(10);

    /** What comes in beyond it waits on Crossplane's side, where it costs no memory; Crossplane has 100 at once by default. */
    private static final int MOST_CALLS = 128;

    private Connections() {}

    static void set(NettyServerBuilder builder) {
        builder.permitKeepAliveTime(LEAST_BETWEEN_PINGS.toSeconds(), TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(MOST_CALLS)
                .maxConnectionAge(MOST_AGE.toSeconds(), TimeUnit.SECONDS)
                .maxConnectionAgeGrace(AGE_GRACE.toSeconds(), TimeUnit.SECONDS);
    }
}
