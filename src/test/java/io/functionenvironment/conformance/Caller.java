package io.functionenvironment.conformance;

import com.google.protobuf.CodedInputStream;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One who calls a function in one of the ways, and like Crossplane takes no answer above 4 MiB. The messages of both
 * versions are the same on the wire, so those of v1 stand for both.
 *
 * @param channels makes further connections to the same server
 * @param samples requests that the function understands; at least one
 * @param running where the program is ours to watch
 * @param courses that are known already, by the request they begin with
 */
record Caller(
        Endpoint way,
        Supplier<ManagedChannel> channels,
        ManagedChannel channel,
        Address address,
        List<RunFunctionRequest> samples,
        Optional<Running> running,
        Map<RunFunctionRequest, Scenario> courses)
        implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 30;
    private static final int MOST_NESTED = 10_000;

    /** Where the server listens. */
    record Address(String host, int port) {}

    Caller(
            Endpoint way,
            Supplier<ManagedChannel> channels,
            Address address,
            List<RunFunctionRequest> samples,
            Optional<Running> running) {
        this(way, channels, channels.get(), address, samples, running, new HashMap<>());
    }

    /** A request that the function has no reason to refuse. */
    RunFunctionRequest good() {
        return samples.getFirst();
    }

    /** @throws StatusRuntimeException where the call does not end with an answer */
    RunFunctionResponse call(RunFunctionRequest request) {
        return parse(bytes(request));
    }

    byte[] bytes(RunFunctionRequest request) {
        return bytes(channel, request.toByteArray(), options());
    }

    byte[] bytes(ManagedChannel other, byte[] request, CallOptions options) {
        return ClientCalls.blockingUnaryCall(other, method(), options, request);
    }

    /** How a call ends, whatever the bytes are. */
    Status.Code end(byte[] request) {
        try {
            bytes(channel, request, options());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    MethodDescriptor<byte[], byte[]> method() {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(way.service(), "RunFunction"))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    static RunFunctionResponse parse(byte[] bytes) {
        try {
            var in = CodedInputStream.newInstance(bytes);
            in.setRecursionLimit(MOST_NESTED);
            return RunFunctionResponse.parseFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer is no RunFunctionResponse", e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private record Bytes() implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
