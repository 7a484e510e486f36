package io.functionenvironment.server.limits;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import org.jspecify.annotations.Nullable;

/** Notices how the message of a call arrives, before a thread is free to look at it. */
final class Arrival extends ServerStreamTracer {
    static final Context.Key<Arrival> KEY = Context.key("arrival");

    private volatile @Nullable AdmittedCall<?, ?> call;

    void tell(AdmittedCall<?, ?> admitted) {
        call = admitted;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** @param bytes of the message; negative if it is compressed, and its size is not known yet */
    @Override
    public void inboundMessageRead(int number, long wireBytes, long bytes) {
        if (call instanceof AdmittedCall<?, ?> admitted) {
            admitted.arrived(bytes);
        }
    }

    @Override
    public void inboundWireSize(long bytes) {
        if (call instanceof AdmittedCall<?, ?> admitted) {
            admitted.progresses(bytes);
        }
    }

    /** Creates one for each call. */
    static final class Factory extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new Arrival();
        }
    }
}
