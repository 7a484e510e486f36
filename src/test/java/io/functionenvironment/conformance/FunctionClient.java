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
 * A client of a function at one endpoint. Like Crossplane it accepts responses up to 4 MiB. The messages of both versions are
 * the same on the wire, so those of v1 stand for both.
 *
 * @param channels opens further connections to the same server
 * @param samples requests that the function understands; at least one
 * @param running the program, if this process started it
 * @param scenarios the finished ones, by their first request
 */
record FunctionClient(
        Endpoint endpoint,
        Supplier<ManagedChannel> channels,
        ManagedChannel channel,
        Address address,
        List<RunFunctionRequest> samples,
        Optional<RunningProgram> running,
        Map<RunFunctionRequest, Scenario> scenarios)
        implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 30;
    private static final int MAX_NESTING = 10_000;

    /** The address of the server. */
    record Address(String host, int port) {}

    FunctionClient(
            Endpoint endpoint,
            Supplier<ManagedChannel> channels,
            Address address,
            List<RunFunctionRequest> samples,
            Optional<RunningProgram> running) {
        this(endpoint, channels, channels.get(), address, samples, running, new HashMap<>());
    }

    /** A valid request. */
    RunFunctionRequest good() {
        return samples.getFirst();
    }

    /** @throws StatusRuntimeException if the call ends without a response */
    RunFunctionResponse call(RunFunctionRequest request) {
        return parse(bytes(request));
    }

    byte[] bytes(RunFunctionRequest request) {
        return bytes(channel, request.toByteArray(), options());
    }

    byte[] bytes(ManagedChannel other, byte[] request, CallOptions options) {
        return ClientCalls.blockingUnaryCall(other, method(), options, request);
    }

    /** The status code of a call with any bytes. */
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
                .setFullMethodName(MethodDescriptor.generateFullMethodName(endpoint.service(), "RunFunction"))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    static RunFunctionResponse parse(byte[] bytes) {
        try {
            var in = CodedInputStream.newInstance(bytes);
            in.setRecursionLimit(MAX_NESTING);
            return RunFunctionResponse.parseFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the response is no RunFunctionResponse", e);
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
