package io.functionenvironment.server.limits;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;

/** A call whose messages are received only when {@link Admission} has room for them. Its state is guarded by the admission. */
final class AdmittedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    /** What a call waits for, in this order. A stream of messages begins again with each. */
    enum State {
        /** The handler has not asked for a message yet. */
        NEW,
        /** For room. */
        WAITS,
        /** For the bytes of a message. */
        RECEIVES,
        /** For a thread that looks at the message. */
        ARRIVED,
        /** For the word of the client that there is no further message. */
        READ,
        RUNS,
        /** For the client to take the response. */
        CLOSES,
        ENDED
    }

    /** Less than this does not count as progress. */
    private static final int CONSIDERABLE = 64 * 1024;

    private final Admission admission;
    State state = State.NEW;
    /** The bytes that are set aside for it. */
    long held;
    /** When the state was entered, in nanoseconds. */
    long since = System.nanoTime();
    /** When the client last sent a considerable part of its message. */
    long progress = since;
    /** What it has sent after that. */
    long sent;

    AdmittedCall(ServerCall<Q, R> call, Admission admission) {
        super(call);
        this.admission = admission;
    }

    void enter(State next, long now) {
        state = next;
        since = now;
        progress = now;
        sent = 0;
    }

    void progress(long bytes, long now) {
        sent += bytes;
        if (sent >= CONSIDERABLE) {
            sent = 0;
            progress = now;
        }
    }

    /** A handler asks for two messages to find out whether there is only one. One at a time is enough for that. */
    @Override
    public void request(int messages) {
        admission.request(this);
    }

    /** Receives the next message. */
    void receive() {
        super.request(1);
    }

    void progresses(long bytes) {
        admission.progresses(this, bytes);
    }

    void arrived(long bytes) {
        admission.arrived(this, bytes);
    }

    @Override
    public void sendMessage(R message) {
        admission.answers(this, message);
        super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (admission.closes(this)) {
            super.close(status, trailers);
        }
    }

    /** Ends a call whose client is too slow. Nobody else closes it, because it does not run yet. */
    void refuse(Duration after) {
        super.close(
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "the request did not arrive within %d seconds, while others waited for room"
                                .formatted(after.toSeconds())),
                new Metadata());
    }

    ServerCall.Listener<Q> listening(ServerCall.Listener<Q> listener) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                if (admission.runs(AdmittedCall.this, message)) {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (admission.complete(AdmittedCall.this)) {
                    super.onHalfClose();
                }
            }

            @Override
            public void onCancel() {
                admission.ended(AdmittedCall.this);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                admission.ended(AdmittedCall.this);
                super.onComplete();
            }
        };
    }
}
