package io.functionenvironment.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sends one request repeatedly, and compares each response with the expected one. */
final class Caller implements AutoCloseable {
    private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(
                    MethodDescriptor.generateFullMethodName(FunctionRunnerServiceGrpc.SERVICE_NAME, "RunFunction"))
            .setRequestMarshaller(BytesMarshaller.INSTANCE)
            .setResponseMarshaller(BytesMarshaller.INSTANCE)
            .build();

    private final ManagedChannel channel;
    private final byte[] request;
    private final byte[] response;
    private final long firstResponseAt;

    private Caller(ManagedChannel channel, byte[] request, byte[] response, long firstResponseAt) {
        this.channel = channel;
        this.request = request;
        this.response = response;
        this.firstResponseAt = firstResponseAt;
    }

    /**
     * Calls for the first time. Later responses must have the same bytes as this one: parsing each would cost time that the
     * calls need.
     *
     * @throws IllegalStateException if the response is not the expected one
     */
    static Caller first(ManagedChannel channel, byte[] request, byte[] expected) throws InvalidProtocolBufferException {
        var response = ClientCalls.blockingUnaryCall(channel, METHOD, CallOptions.DEFAULT, request);
        var firstResponseAt = System.nanoTime();
        if (!RunFunctionResponse.parseFrom(response).equals(RunFunctionResponse.parseFrom(expected))) {
            throw new IllegalStateException("the first response is not the expected one:\n"
                    + RunFunctionResponse.parseFrom(response).toString().substring(0, 1000));
        }
        return new Caller(channel, request, response, firstResponseAt);
    }

    /** When the first response arrived, by {@link System#nanoTime}. */
    long firstResponseAt() {
        return firstResponseAt;
    }

    /** @param nanos the duration of each call, in ascending order */
    record Calls(double perSecond, long[] nanos) {
        double millis(double quantile) {
            return nanos[(int) Math.ceil(quantile * nanos.length) - 1] / 1e6;
        }
    }

    /**
     * Calls for a while, with a constant number of calls in flight.
     *
     * @throws IllegalStateException if a call failed, or its response is not the expected one
     */
    Calls call(int inFlight, Duration duration) throws InterruptedException {
        var done = new CountDownLatch(inFlight);
        var failure = new AtomicReference<Throwable>();
        var start = System.nanoTime();
        var lanes = IntStream.range(0, inFlight)
                .mapToObj(i -> new Lane(start + duration.toNanos(), done, failure))
                .toList();
        lanes.forEach(Lane::next);
        done.await();
        var took = System.nanoTime() - start;
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed: " + failure.get(), failure.get());
        }
        var nanos = lanes.stream()
                .flatMapToLong(lane -> lane.nanos.build())
                .sorted()
                .toArray();
        return new Calls(nanos.length * 1e9 / took, nanos);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Sequential calls. */
    private final class Lane implements StreamObserver<byte[]> {
        private final LongStream.Builder nanos = LongStream.builder();
        private final long until;
        private final CountDownLatch done;
        private final AtomicReference<Throwable> failure;
        private byte[] received = {};
        private long called;

        Lane(long until, CountDownLatch done, AtomicReference<Throwable> failure) {
            this.until = until;
            this.done = done;
            this.failure = failure;
        }

        void next() {
            called = System.nanoTime();
            ClientCalls.asyncUnaryCall(channel.newCall(METHOD, CallOptions.DEFAULT), request, this);
        }

        @Override
        public void onNext(byte[] bytes) {
            received = bytes;
        }

        @Override
        public void onCompleted() {
            var now = System.nanoTime();
            nanos.add(now - called);
            if (!Arrays.equals(received, response)) {
                onError(new IllegalStateException("the response is not the expected one"));
            } else if (now < until) {
                next();
            } else {
                done.countDown();
            }
        }

        @Override
        public void onError(Throwable error) {
            failure.compareAndSet(null, error);
            done.countDown();
        }
    }
}
