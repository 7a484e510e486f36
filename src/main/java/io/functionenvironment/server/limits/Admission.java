package io.functionenvironment.server.limits;

import io.functionenvironment.server.limits.AdmittedCall.State;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Bounds the bytes of all calls together, over all connections. How large a message is shows only when it has arrived, so the
 * largest size is set aside until then. Calls wait for that in order, and what they have sent waits at their clients, held up
 * by the flow control of HTTP/2.
 */
public final class Admission implements ServerInterceptor {
    /** A message of the largest size takes a tenth of it on the network of a cluster. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a client may do nothing while other calls wait. */
    private static final Duration PATIENCE_WHILE_OTHERS_WAIT = Duration.ofSeconds(2);

    private static final Set<State> WITHOUT_MESSAGE = EnumSet.of(State.NEW, State.READ);

    /** The states in which a call depends on its client and holds memory. */
    private static final Set<State> RECEIVING = EnumSet.of(State.RECEIVES, State.READ);

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final MemoryBounds bounds;
    private final Connections connections;
    private final ToLongFunction<Object> sizes;
    private final Queue<AdmittedCall<?, ?>> waiting = new ArrayDeque<>();
    private final Set<AdmittedCall<?, ?>> admitted = new LinkedHashSet<>();
    private long held;

    /**
     * @param connections of which those are closed whose client does not take its response
     * @param sizes of the messages that were received or are sent, as far as they count
     */
    public Admission(MemoryBounds bounds, Connections connections, ToLongFunction<Object> sizes) {
        this.bounds = bounds;
        this.connections = connections;
        this.sizes = sizes;
    }

    /** Ends calls whose client is too slow, from now on. */
    public void start(ScheduledExecutorService clock) {
        var _ = clock.scheduleWithFixedDelay(
                () -> endSlow(System.nanoTime()), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has to be added to the server, too. */
    public ServerStreamTracer.Factory arrivals() {
        return new Arrival.Factory();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var one = new AdmittedCall<>(call, this);
        if (Arrival.KEY.get() instanceof Arrival arrival) {
            arrival.tell(one);
        }
        return one.listening(next.startCall(one, headers));
    }

    void request(AdmittedCall<?, ?> call) {
        synchronized (this) {
            if (WITHOUT_MESSAGE.contains(call.state)) {
                enter(call, State.WAITS);
                waiting.add(call);
            }
        }
        admit();
    }

    synchronized void progresses(AdmittedCall<?, ?> call, long bytes) {
        call.progress(bytes, System.nanoTime());
    }

    void arrived(AdmittedCall<?, ?> call, long bytes) {
        synchronized (this) {
            if (call.state != State.RECEIVES) {
                return;
            }
            enter(call, State.ARRIVED);
            if (bytes >= 0) {
                hold(call, bytes);
            }
        }
        admit();
    }

    /** False if the call is over. */
    boolean runs(AdmittedCall<?, ?> call, Object message) {
        synchronized (this) {
            if (call.state == State.ENDED) {
                return false;
            }
            enter(call, State.READ);
            hold(call, sizes.applyAsLong(message));
        }
        admit();
        return true;
    }

    /** Likewise. */
    synchronized boolean complete(AdmittedCall<?, ?> call) {
        if (call.state == State.READ) {
            enter(call, State.RUNS);
        }
        return call.state != State.ENDED;
    }

    synchronized void answers(AdmittedCall<?, ?> call, Object message) {
        if (call.state != State.ENDED) {
            hold(call, Math.max(call.held, sizes.applyAsLong(message)));
        }
    }

    /** Likewise. */
    synchronized boolean closes(AdmittedCall<?, ?> call) {
        var open = call.state != State.ENDED;
        if (open) {
            enter(call, State.CLOSES);
        }
        return open;
    }

    void ended(AdmittedCall<?, ?> call) {
        synchronized (this) {
            enter(call, State.ENDED);
            hold(call, 0);
            waiting.remove(call);
            admitted.remove(call);
        }
        admit();
    }

    /** Outside of the lock, because a message that is there already runs at once where the network thread runs the calls. */
    private void admit() {
        var next = new ArrayList<AdmittedCall<?, ?>>();
        synchronized (this) {
            while (!waiting.isEmpty() && held + bounds.largest() <= bounds.received()) {
                var call = waiting.remove();
                enter(call, State.RECEIVES);
                hold(call, bounds.largest());
                admitted.add(call);
                next.add(call);
            }
        }
        next.forEach(AdmittedCall::receive);
    }

    void endSlow(long now) {
        var slow = new ArrayList<AdmittedCall<?, ?>>();
        var unread = new ArrayList<AdmittedCall<?, ?>>();
        Duration patience;
        synchronized (this) {
            patience = waiting.isEmpty() ? PATIENCE : PATIENCE_WHILE_OTHERS_WAIT;
            for (var call : admitted) {
                var late = now - call.since > PATIENCE.toNanos() || now - call.progress > patience.toNanos();
                if (late && RECEIVING.contains(call.state)) {
                    slow.add(call);
                } else if (late && call.state == State.CLOSES) {
                    unread.add(call);
                }
            }
            slow.forEach(call -> enter(call, State.ENDED));
        }
        slow.forEach(call -> call.refuse(patience));
        unread.stream()
                .map(call -> call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                .forEach(connections::close);
    }

    private static void enter(AdmittedCall<?, ?> call, State state) {
        call.enter(state, System.nanoTime());
    }

    private void hold(AdmittedCall<?, ?> call, long bytes) {
        held += bytes - call.held;
        call.held = bytes;
    }
}
