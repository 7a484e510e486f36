package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.limits.MemoryBounds;
import io.functionenvironment.server.limits.WorkingMemory;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Lifecycle;
import io.functionenvironment.server.metrics.Metrics;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with little memory answers every call that it can, and refuses the others alone. */
@Timeout(60)
class LimitsTest {
    private static final int MEBI = 1 << 20;
    /** Room for two messages of the largest size, and for processing one of them. */
    private static final MemoryBounds BOUNDS = new MemoryBounds(MEBI, 2 * MEBI, 8 * MEBI);

    private final Log log = new Log(new PrintStream(OutputStream.nullOutputStream()), false);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final ServerExecutors executors = ServerExecutors.forCores(4);
    private Server server;

    @BeforeEach
    void start() throws IOException {
        var metrics = new Metrics();
        var function = new SafeFunction(
                request -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    sleep(20);
                    running.decrementAndGet();
                    return Requests.passOn(request);
                },
                metrics,
                log);
        var services = Services.of(
                new RunFunction(function, new WorkingMemory(BOUNDS.working()), new Lifecycle(), metrics, log));
        var options = Served.options(new Address("localhost", 0), new Insecure());
        server = new GrpcListener(options, BOUNDS, executors, metrics, log).listen(services);
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        executors.stop();
    }

    @Test
    void manyLargeCallsAtOnceAreAllAnswered() throws Exception {
        var large = padded(MEBI - 10_000);
        var answers = new ArrayList<CompletableFuture<RunFunctionResponse>>();
        for (var i = 0; i < 4; i++) {
            var channel = channel();
            for (var j = 0; j < 8; j++) {
                answers.add(CompletableFuture.supplyAsync(() -> call(channel, large), Thread::startVirtualThread));
            }
        }
        for (var answer : answers) {
            assertEquals("tag-1", answer.get().getMeta().getTag());
        }
        // Each takes four times its size.
        assertTrue(most.get() <= 2, () -> most + " ran at once");
    }

    @Test
    void aRequestWithTooManyValuesGetsAFatalResult() {
        var response = call(channel(), values(100_000));
        assertEquals("tag-1", response.getMeta().getTag());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertTrue(
                response.getResults(0)
                        .getMessage()
                        .startsWith("the request is too large for this pod: 0.4 MiB with 2000"),
                response.getResults(0)::getMessage);
        assertEquals(0, most.get());
        assertEquals("tag-1", call(channel(), Requests.request()).getMeta().getTag());
    }

    @Test
    void aRequestAboveTheLimitIsRefusedForItself() {
        var channel = channel();
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, end(channel, padded(2 * MEBI)));
        assertEquals(Status.Code.OK, end(channel, Requests.request()));
    }

    @Test
    void deeplyNestedValuesGetAFatalResult() {
        var value = Requests.text("end");
        for (var i = 0; i < 300; i++) {
            value = Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putFields("deeper", value))
                    .build();
        }
        var request = Requests.request().toBuilder();
        request.getObservedBuilder().getCompositeBuilder().getResourceBuilder().putFields("spec", value);
        var response = call(channel(), request.build());
        assertEquals("tag-1", response.getMeta().getTag());
        assertEquals(Severity.SEVERITY_FATAL, response.getResults(0).getSeverity());
        assertTrue(response.getResults(0).getMessage().contains("nests more than 500 messages"));
    }

    @Test
    void clientsThatSendNothingDelayOthersOnlyForAMoment() {
        var slow = channel();
        for (var i = 0; i < 8; i++) {
            var call = slow.newCall(FunctionRunnerServiceGrpc.getRunFunctionMethod(), CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<>() {}, new Metadata());
            call.request(1);
        }
        sleep(200);
        assertTimeout(Duration.ofSeconds(15), () -> call(channel(), Requests.request()));
    }

    @Test
    void clientsThatDoNotReadTheirResponsesDelayOthersOnlyForAMoment() {
        var large = padded(MEBI - 10_000);
        var channel = channel();
        for (var i = 0; i < 8; i++) {
            var call = channel.newCall(FunctionRunnerServiceGrpc.getRunFunctionMethod(), CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<>() {}, new Metadata());
            call.sendMessage(large);
            call.halfClose();
        }
        sleep(200);
        assertTimeout(Duration.ofSeconds(20), () -> call(channel(), Requests.request()));
    }

    private ManagedChannel channel() {
        var channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .flowControlWindow(64 * 1024)
                .build();
        channels.add(channel);
        return channel;
    }

    private static RunFunctionResponse call(ManagedChannel channel, RunFunctionRequest request) {
        return FunctionRunnerServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(50, TimeUnit.SECONDS)
                .runFunction(request);
    }

    private static Status.Code end(ManagedChannel channel, RunFunctionRequest request) {
        try {
            call(channel, request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** A request whose context is large, and is passed on. */
    private static RunFunctionRequest padded(int bytes) {
        return Requests.request().toBuilder()
                .setContext(Struct.newBuilder()
                        .putFields(
                                "x",
                                Value.newBuilder()
                                        .setStringValueBytes(ByteString.copyFromUtf8("x".repeat(bytes)))
                                        .build()))
                .build();
    }

    private static RunFunctionRequest values(int count) {
        var list = ListValue.newBuilder();
        var empty =
                Value.newBuilder().setStructValue(Struct.getDefaultInstance()).build();
        for (var i = 0; i < count; i++) {
            list.addValues(empty);
        }
        return Requests.request().toBuilder()
                .setInput(Struct.newBuilder()
                        .putFields("apps", Value.newBuilder().setListValue(list).build()))
                .build();
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
