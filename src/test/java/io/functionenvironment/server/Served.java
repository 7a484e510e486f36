package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on a real socket without TLS, with a client. */
record Served(FunctionServer server, ManagedChannel channel, ByteArrayOutputStream out) implements AutoCloseable {
    static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

    /** Starts a server. */
    interface Start {
        FunctionServer start(ServerOptions options, PrintStream log) throws IOException;
    }

    static Served of(Function<PackedRequest, PackedResponse> function) throws IOException {
        return of(options(new Address("localhost", 0)), (options, log) -> FunctionServer.start(options, function, log));
    }

    /** A server with probes and metrics. */
    static Served monitored(Function<PackedRequest, PackedResponse> function) throws IOException {
        return of(monitored(new Insecure()), (options, log) -> FunctionServer.start(options, function, log));
    }

    static Served of(ServerOptions options, Start start) throws IOException {
        var out = new ByteArrayOutputStream();
        var server = start.start(options, new PrintStream(out, true, StandardCharsets.UTF_8));
        var channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .usePlaintext()
                .build();
        return new Served(server, channel, out);
    }

    static ServerOptions monitored(ServerOptions.Security security) {
        return options(security, new Monitoring(new Address("localhost", 0), true));
    }

    static ServerOptions options(ServerOptions.Security security, Monitoring monitoring) {
        return new ServerOptions(
                new Address("localhost", 0),
                security,
                Optional.of(monitoring),
                MAX_REQUEST_BYTES,
                false,
                false,
                Optional.empty());
    }

    static ServerOptions options(Address address) {
        return options(address, new Insecure());
    }

    static ServerOptions options(Address address, ServerOptions.Security security) {
        return new ServerOptions(
                address, security, Optional.empty(), MAX_REQUEST_BYTES, false, false, Optional.empty());
    }

    RunFunctionResponse call(RunFunctionRequest request) {
        return FunctionRunnerServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .runFunction(request);
    }

    String log() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Waits in a function, which cannot throw checked exceptions. */
    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
