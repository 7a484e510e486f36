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

/** Sends one request again and again, and holds each answer to the right one. */
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
    private final byte[] answer;
    private final long answered;

    private Caller(ManagedChannel channel, byte[] request, byte[] answer, long answered) {
        this.channel = channel;
        this.request = request;
        this.answer = answer;
        this.answered = answered;
    }

    /**
     * Calls for the first time. Later answers must have the bytes of this one: to unpack each would take the time that
     * the calls are to be made in.
     *
     * @throws IllegalStateException where the answer is not the right one
     */
    static Caller first(ManagedChannel channel, byte[] request, byte[] right) throws InvalidProtocolBufferException {
        var answer = ClientCalls.blockingUnaryCall(channel, METHOD, CallOptions.DEFAULT, request);
        var answered = System.nanoTime();
        if (!RunFunctionResponse.parseFrom(answer).equals(RunFunctionResponse.parseFrom(right))) {
            throw new IllegalStateException("the first answer is not the right one:\n"
                    + RunFunctionResponse.parseFrom(answer).toString().substring(0, 1000));
        }
        return new Caller(channel, request, answer, answered);
    }

    /** When the first answer came, by {@link System#nanoTime}. */
    long answered() {
        return answered;
    }

    /** @param nanos how long each call took, the shortest first */
    record Calls(double perSecond, long[] nanos) {
        double millis(double quantile) {
            return nanos[(int) Math.ceil(quantile * nanos.length) - 1] / 1e6;
        }
    }

    /**
     * Calls for a while. Each answer is followed by the next call at once, so that the same number is always in flight.
     *
     * @throws IllegalStateException where any call failed, or got another answer
     */
    Calls call(int inFlight, Duration duration) throws InterruptedException {
        var done = new CountDownLatch(inFlight);
        var trouble = new AtomicReference<Throwable>();
        var start = System.nanoTime();
        var lanes = IntStream.range(0, inFlight)
                .mapToObj(i -> new Lane(start + duration.toNanos(), done, trouble))
                .toList();
        lanes.forEach(Lane::next);
        done.await();
        var took = System.nanoTime() - start;
        if (trouble.get() != null) {
            throw new IllegalStateException("a call went wrong: " + trouble.get(), trouble.get());
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

    /** Calls that follow each other. */
    private final class Lane implements StreamObserver<byte[]> {
        private final LongStream.Builder nanos = LongStream.builder();
        private final long until;
        private final CountDownLatch done;
        private final AtomicReference<Throwable> trouble;
        private byte[] got = {};
        private long called;

        Lane(long until, CountDownLatch done, AtomicReference<Throwable> trouble) {
            this.until = until;
            this.done = done;
            this.trouble = trouble;
        }

        void next() {
            called = System.nanoTime();
            ClientCalls.asyncUnaryCall(channel.newCall(METHOD, CallOptions.DEFAULT), request, this);
        }

        @Override
        public void onNext(byte[] bytes) {
            got = bytes;
        }

        @Override
        public void onCompleted() {
            var now = System.nanoTime();
            nanos.add(now - called);
            if (!Arrays.equals(got, answer)) {
                onError(new IllegalStateException("the answer is not the right one"));
            } else if (now < until) {
                next();
            } else {
                done.countDown();
            }
        }

        @Override
        public void onError(Throwable failure) {
            trouble.compareAndSet(null, failure);
            done.countDown();
        }
    }
}
