package io.functionenvironment.server.limits;

import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;

/**
 * How the memory of the process is divided. The parts follow the heap, which follows the memory limit of the container.
 *
 * @param largest the largest message that is received
 * @param received of all messages that are received or wait to be processed
 * @param working what processing may take of the heap beside the messages themselves
 */
public record MemoryBounds(int largest, long received, long working) {
    private static final long MEBI = 1 << 20;

    /** What the process takes while it does nothing, and what small requests take, which are not counted. */
    private static final long IDLE = 40 * MEBI;

    /** Received messages are slices of network buffers, which are larger. */
    private static final double BUFFERS = 1.5;

    /** So that two requests of the default limit can be received at once under the shipped memory limit. */
    private static final double RECEIVED = 0.24;

    /** The bounds of this process, with a limit of messages that may be too large for it. */
    public static MemoryBounds ofThisProcess(int maxRequestBytes) {
        return of(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory(), maxRequestBytes);
    }

    static MemoryBounds of(long heap, long direct, int maxRequestBytes) {
        var received = (long) Math.min(heap * RECEIVED, direct / BUFFERS);
        var largest = (int) Math.min(maxRequestBytes, received);
        return new MemoryBounds(largest, received, Math.max(MEBI, heap - IDLE - received));
    }
}
