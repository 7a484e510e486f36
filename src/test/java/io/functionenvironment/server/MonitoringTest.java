package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes and metrics over HTTP. */
@Timeout(60)
class MonitoringTest {
    private static final String UNARY = "{grpc_method=\"%s\",grpc_service=\"%s\",grpc_type=\"unary\"}";
    static final String V1 = UNARY.formatted("RunFunction", Protocol.V1.service());

    @Test
    void aRunningServerIsAliveAndReady() throws IOException {
        try (var served = Served.monitored(Requests::passOn)) {
            var http = Http.of(served.server());
            assertEquals("200 alive", http.get("/livez"));
            assertEquals("200 ready", http.get("/readyz"));
            assertEquals("404 not found; available are /livez, /readyz and /metrics", http.get("/"));
            assertEquals(405, http.send("POST", "/readyz").statusCode());
            assertEquals("", http.send("HEAD", "/metrics").body());
        }
    }

    @Test
    void theServerIsReadyOnlyAfterTheWarmUp() throws Exception {
        var finish = new CountDownLatch(1);
        var warmedUpWith = new CompletableFuture<PackedRequest>();
        Function<PackedRequest, PackedResponse> function = request -> {
            warmedUpWith.complete(request);
            return Requests.passOn(request);
        };
        try (var served = Served.of(
                Served.monitored(new Insecure()),
                (options, log) -> FunctionServer.start(options, function, () -> awaited(finish), log))) {
            var http = Http.of(served.server());
            assertEquals("503 warming up", http.get("/readyz"));
            assertEquals("200 alive", http.get("/livez"));
            assertEquals(ServingStatus.NOT_SERVING, health(served));
            assertEquals(Requests.passOn(Requests.request()), served.call(Requests.request()));
            finish.countDown();
            assertEquals(Requests.packed(), warmedUpWith.get());
            while (!http.get("/readyz").equals("200 ready")) {
                Thread.sleep(10);
            }
            assertEquals(ServingStatus.SERVING, health(served));
            assertEquals(
                    1, http.metric("grpc_server_handled_total" + code(V1, "OK")), "warm-up requests are not counted");
        }
    }

    @Test
    void theServerBecomesReadyEvenIfTheWarmUpFails() throws Exception {
        try (var served = Served.of(
                Served.monitored(new Insecure()),
                (options, log) -> FunctionServer.start(
                        options,
                        Requests::passOn,
                        () -> {
                            throw new StackOverflowError("hunter2");
                        },
                        log))) {
            while (!Http.of(served.server()).get("/readyz").equals("200 ready")) {
                Thread.sleep(10);
            }
            assertTrue(served.log().contains("unexpected java.lang.StackOverflowError"), served.log());
            assertFalse(served.log().contains("hunter2"), served.log());
        }
    }

    @Test
    void withoutWarmUpRequestsTheServerLogsOnceThatItStartsCold() throws Exception {
        try (var served = Served.of(
                Served.monitored(new Insecure()),
                (options, log) -> FunctionServer.start(options, Requests::passOn, List::of, log))) {
            while (!Http.of(served.server()).get("/readyz").equals("200 ready")) {
                Thread.sleep(10);
            }
            var warnings = served.log()
                    .lines()
                    .filter(line -> line.contains("\"level\":\"warn\""))
                    .toList();
            assertEquals(1, warnings.size(), served.log());
            assertTrue(warnings.getFirst().contains("starting cold"), served.log());
        }
    }

    @Test
    void metricsHaveAFormatThatTheScraperAccepts() throws Exception {
        try (var served = Served.monitored(Requests::passOn)) {
            var port = Http.of(served.server()).port();
            for (var expected : Map.of(
                            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                                    + "text/plain;version=0.0.4;q=0.3",
                            "text/plain",
                            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2",
                            "application/openmetrics-text")
                    .entrySet()) {
                var connection = URI.create("http://localhost:%d/metrics".formatted(port))
                        .toURL()
                        .openConnection();
                connection.setRequestProperty("Accept", expected.getKey());
                assertTrue(connection.getContentType().startsWith(expected.getValue()), connection.getContentType());
            }
        }
    }

    private static List<byte[]> awaited(CountDownLatch latch) {
        Served.await(latch);
        return List.of(Requests.request().toByteArray());
    }

    @Test
    void aDrainingServerIsAliveButNotReady() throws Exception {
        var started = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var served = Served.monitored(request -> {
            started.countDown();
            Served.await(finish);
            return Requests.passOn(request);
        })) {
            var http = Http.of(served.server());
            var call = CompletableFuture.supplyAsync(() -> served.call(Requests.request()), Thread::startVirtualThread);
            Served.await(started);
            var closed = CompletableFuture.runAsync(served.server()::close, Thread::startVirtualThread);
            while (!http.get("/readyz").equals("503 draining")) {
                Thread.sleep(10);
            }
            assertEquals("200 alive", http.get("/livez"));
            finish.countDown();
            assertEquals(Requests.passOn(Requests.request()), call.get());
            closed.get();
        }
    }

    @Test
    void callsAreMeasuredUnderTheNamesThatGoUses() throws Exception {
        try (var served = Served.monitored(request -> Requests.passOn(request).toBuilder()
                .addResults(Result.newBuilder().setSeverity(Severity.SEVERITY_FATAL))
                .build())) {
            var http = Http.of(served.server());
            assertEquals(0, http.metric("grpc_server_started_total" + V1));
            assertEquals(0, http.metric("grpc_server_handled_total" + code(V1, "Internal")));
            assertEquals(0, http.metric("function_results_total{severity=\"FATAL\"}"));
            served.call(Requests.request());
            served.call(Requests.request());
            http.until(2, "grpc_server_handling_seconds_count" + V1);
            http.until(2, "function_results_total{severity=\"FATAL\"}");
            assertEquals(2, http.metric("grpc_server_started_total" + V1));
            assertEquals(2, http.metric("grpc_server_handled_total" + code(V1, "OK")));
            assertEquals(2, http.metric("grpc_server_msg_received_total" + V1));
            assertEquals(2, http.metric("grpc_server_msg_sent_total" + V1));
            assertEquals(2, http.metric("grpc_server_handling_seconds_bucket" + V1.replace("}", ",le=\"120.0\"}")));
            assertEquals(
                    2 * Requests.request().getSerializedSize(),
                    http.metric("grpc_server_msg_received_bytes_sum" + V1),
                    16);
            assertTrue(http.metric("process_start_time_seconds") > 0);
            assertTrue(http.metric("jvm_memory_used_bytes{area=\"heap\"}") > 0);
        }
    }

    @Test
    void exceptionsOfTheFunctionAreCountedWithoutTheirMessages() throws Exception {
        try (var served = Served.monitored(request -> {
            throw new IllegalStateException("hunter2");
        })) {
            served.call(Requests.request());
            var http = Http.of(served.server());
            assertEquals(1, http.metric("function_faults_total"));
            http.until(1, "function_results_total{severity=\"FATAL\"}");
            var all = http.send("GET", "/metrics").body();
            assertFalse(all.contains("hunter2") || all.contains("team-a"), all);
        }
    }

    @Test
    void callsOfUnknownMethodsShareOneSeries() throws Exception {
        try (var served = Served.monitored(Requests::passOn)) {
            for (var name : List.of("x.Y/Z", "x.Y/\"\n")) {
                var method = Protocol.V1.serve((request, observer) -> {}).getMethods().stream()
                        .findFirst()
                        .orElseThrow()
                        .getMethodDescriptor()
                        .toBuilder()
                        .setFullMethodName(name)
                        .build();
                @SuppressWarnings("unchecked")
                var unknown = (io.grpc.MethodDescriptor<ReceivedRequest, PackedResponse>) method;
                assertThrows(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(
                                served.channel(),
                                unknown,
                                CallOptions.DEFAULT,
                                new ReceivedRequest(Requests.request().toByteArray())));
            }
            var other = UNARY.formatted("other", "other");
            var http = Http.of(served.server());
            assertEquals(2, http.metric("grpc_server_started_total" + other));
            http.until(2, "grpc_server_handled_total" + code(other, "Unimplemented"));
        }
    }

    @Test
    void aTakenPortIsAnErrorOnlyIfItWasSetExplicitly() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            var port = taken.getLocalPort();
            try (var served = Served.of(
                    Served.options(new Insecure(), new Monitoring(new Address("localhost", port), false)),
                    (options, log) -> FunctionServer.start(options, Requests::passOn, log))) {
                assertEquals(Requests.passOn(Requests.request()), served.call(Requests.request()));
                assertTrue(served.log().contains("for probes and metrics: "), served.log());
            }
            var error = assertThrows(
                    IOException.class,
                    () -> FunctionServer.start(
                            Served.options(new Insecure(), new Monitoring(new Address("localhost", port), true)),
                            Requests::passOn,
                            System.err));
            assertTrue(
                    String.valueOf(error.getMessage())
                            .startsWith("cannot listen on localhost:%d for probes and metrics: ".formatted(port)),
                    error.getMessage());
        }
    }

    @Test
    void incompleteRequestsDoNotBlockTheKubelet() throws IOException {
        try (var served = Served.monitored(Requests::passOn)) {
            var http = Http.of(served.server());
            var slow = new ArrayList<Socket>();
            for (var i = 0; i < 50; i++) {
                var socket = new Socket("localhost", http.port());
                socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertTimeout(Duration.ofSeconds(4), () -> assertEquals("200 alive", http.get("/livez")));
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void manySlowSocketsCloseOnlyOneAnother() throws Exception {
        try (var served = Served.monitored(Requests::passOn)) {
            var http = Http.of(served.server());
            var slow = new ArrayList<Socket>();
            try {
                for (var i = 0; i < 300; i++) {
                    var socket = new Socket("127.0.0.1", http.port(), InetAddress.getByName("127.0.0.2"), 0);
                    socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
                    slow.add(socket);
                }
                for (var i = 0; i < 5; i++) {
                    assertTimeout(Duration.ofSeconds(4), () -> assertEquals("200 alive", http.get("/livez")));
                }
            } finally {
                for (var socket : slow) {
                    socket.close();
                }
            }
        }
    }

    private static ServingStatus health(Served served) {
        return HealthGrpc.newBlockingStub(served.channel())
                .check(HealthCheckRequest.newBuilder()
                        .setService(Protocol.V1.service())
                        .build())
                .getStatus();
    }

    private static String code(String labels, String code) {
        return labels.replace("{", "{grpc_code=\"" + code + "\",");
    }
}
