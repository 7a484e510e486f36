package io.functionenvironment.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Attacks a server that runs under the memory limit of its container, while another client calls it as Crossplane does. For each
 * attack it prints how its calls ended, how many calls of the other client were answered, and the slowest of them.
 */
final class Assault {
    private static final String HOST = "localhost";
    private static final int PORT = 9443;
    private static final int MONITORING = 8080;
    private static final String FUNCTION = "function-environment.crossplane-system";
    private static final int DEADLINE_SECONDS = 60;

    private final Path authority;
    private final Path identity;
    private final RunFunctionRequest ordinary;
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile boolean ending;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile long slowest;

    private Assault(Path certificates) throws IOException {
        this.authority = certificates.resolve("server/ca.crt");
        this.identity = certificates.resolve("client");
        this.ordinary = request(composite(10), 0);
    }

    /** An attack returns how its own calls ended. */
    private interface Attack {
        Map<String, Integer> run() throws Exception;
    }

    /** Writes certificates to a directory, starts a command, and attacks what it serves until it ends after SIGTERM. */
    public static void main(String[] arguments) throws Exception {
        var certificates = Path.of(arguments[0]);
        var crossplane = new CrossplaneCertificates();
        crossplane.server(Files.createDirectories(certificates.resolve("server")), FUNCTION);
        crossplane.client(Files.createDirectories(certificates.resolve("client")));
        var server = new ProcessBuilder(List.of(arguments).subList(2, arguments.length))
                .redirectErrorStream(true)
                .redirectOutput(Path.of(arguments[1]).toFile())
                .start();
        var assault = new Assault(certificates);
        while (!assault.probe().equals("200")) {
            if (!server.isAlive()) {
                throw new IllegalStateException("the server ended before it was ready");
            }
            Thread.sleep(50);
        }
        assault.run(server);
        System.out.println("ended " + server.waitFor());
    }

    private void run(Process server) throws Exception {
        var other = Thread.ofPlatform().start(this::callAsCrossplane);
        attack("nothing", server, () -> {
            Thread.sleep(3000);
            return Map.of();
        });
        attack("8 calls of 4.7 MiB at once", server, () -> calls(8, request(composite(10), 4.7)));
        attack("8 calls of 12.8 MiB at once", server, () -> calls(8, request(composite(10), 12.8)));
        attack("8 calls of 15.9 MiB with small values", server, () -> calls(8, values(15.9)));
        attack("209,000 apps", server, () -> calls(2, request(composite(209_000, false), 0)));
        attack("209,000 resources", server, () -> calls(2, resources(209_000)));
        attack("30,000 resources", server, () -> calls(4, resources(30_000)));
        attack("a call of 20 MiB", server, () -> calls(1, request(composite(10), 20)));
        attack("200 calls of 50 apps, 16 at once", server, () -> many(200, request(composite(50), 0.3)));
        attack("clients that send nothing", server, this::silent);
        attack("clients that vanish within a request", server, this::vanishing);
        attack("clients that do not read responses", server, this::unread);
        attack("5,000 idle connections", server, this::idle);
        attack("handshakes without a certificate", server, this::handshakes);
        attack("300 slow sockets on the monitoring port", server, this::slowProbes);
        System.out.println("alive " + server.isAlive() + ", probe " + probe());
        var last = new ArrayList<CompletableFuture<String>>();
        var channel = channel();
        end(channel, ordinary);
        for (var i = 0; i < 8; i++) {
            last.add(CompletableFuture.supplyAsync(
                    () -> end(channel, request(composite(50), 1)), Thread::startVirtualThread));
        }
        Thread.sleep(100);
        ending = true;
        server.toHandle().destroy();
        var ends = new TreeMap<String, Integer>();
        for (var call : last) {
            ends.merge(call.get(), 1, Integer::sum);
        }
        System.out.println("SIGTERM with 8 calls: " + ends);
        other.join();
    }

    private void attack(String name, Process server, Attack attack) throws Exception {
        answered.set(0);
        failed.set(0);
        slowest = 0;
        var start = System.nanoTime();
        Map<String, Integer> ends;
        try {
            ends = attack.run();
        } catch (IOException | RuntimeException e) {
            ends = Map.of(String.valueOf(e), 1);
        }
        for (var each : open) {
            each.close();
        }
        open.clear();
        Thread.sleep(500);
        System.out.printf(
                "%-42s %5.1f s  others: %3d answered, %d failed, slowest %5d ms  %s %s%n",
                name,
                (System.nanoTime() - start) / 1e9,
                answered.get(),
                failed.get(),
                slowest,
                new TreeMap<>(ends),
                server.isAlive() ? "" : "THE SERVER ENDED");
        if (!server.isAlive()) {
            System.exit(1);
        }
    }

    private void callAsCrossplane() {
        var channel = channel();
        while (!ending) {
            var start = System.nanoTime();
            if (end(channel, ordinary).equals("OK")) {
                answered.incrementAndGet();
            } else if (!ending) {
                failed.incrementAndGet();
            }
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
            sleep(20);
        }
        channel.shutdownNow();
    }

    private Map<String, Integer> calls(int count, RunFunctionRequest request) throws Exception {
        return many(count, request);
    }

    private Map<String, Integer> many(int count, RunFunctionRequest request) throws Exception {
        var ends = new TreeMap<String, Integer>();
        var channel = channel();
        var all = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> end(channel, request), Thread::startVirtualThread))
                .toList();
        for (var each : all) {
            ends.merge(each.get(), 1, Integer::sum);
        }
        channel.shutdownNow();
        return ends;
    }

    private Map<String, Integer> silent() throws Exception {
        for (var connection = 0; connection < 4; connection++) {
            var channel = channel();
            open.add(channel::shutdownNow);
            for (var i = 0; i < 8; i++) {
                var call = channel.newCall(FunctionRunnerServiceGrpc.getRunFunctionMethod(), CallOptions.DEFAULT);
                call.start(new ClientCall.Listener<RunFunctionResponse>() {}, new Metadata());
                call.request(1);
            }
        }
        Thread.sleep(10_000);
        return Map.of();
    }

    private Map<String, Integer> vanishing() throws Exception {
        var large = request(composite(10), 10);
        for (var i = 0; i < 60; i++) {
            var channel = channel();
            var call = channel.newCall(FunctionRunnerServiceGrpc.getRunFunctionMethod(), CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<RunFunctionResponse>() {}, new Metadata());
            call.sendMessage(large);
            Thread.sleep(60);
            channel.shutdownNow();
        }
        return Map.of();
    }

    private Map<String, Integer> unread() throws Exception {
        var request = padded(3);
        for (var connection = 0; connection < 3; connection++) {
            var channel = channel();
            open.add(channel::shutdownNow);
            for (var i = 0; i < 8; i++) {
                var call = channel.newCall(FunctionRunnerServiceGrpc.getRunFunctionMethod(), CallOptions.DEFAULT);
                call.start(new ClientCall.Listener<RunFunctionResponse>() {}, new Metadata());
                call.sendMessage(request);
                call.halfClose();
            }
        }
        Thread.sleep(10_000);
        return Map.of();
    }

    private Map<String, Integer> idle() throws Exception {
        var stranger = InetAddress.getByName("127.0.0.2");
        var refused = 0;
        for (var i = 0; i < 5000; i++) {
            try {
                var socket = new Socket(HOST, PORT, stranger, 0);
                open.add(socket);
            } catch (IOException e) {
                refused++;
            }
        }
        return Map.of("opened", 5000 - refused, "refused", refused);
    }

    private Map<String, Integer> handshakes() throws Exception {
        var trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        var threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() < end) {
                        try (var plain = new Socket(HOST, PORT, InetAddress.getByName("127.0.0.2"), 0);
                                var socket = trusting.getSocketFactory().createSocket(plain, HOST, PORT, true)) {
                            ((javax.net.ssl.SSLSocket) socket).startHandshake();
                            socket.getInputStream().read();
                        } catch (IOException refused) {
                            // As expected.
                        }
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        return Map.of();
    }

    private Map<String, Integer> slowProbes() throws Exception {
        for (var i = 0; i < 300; i++) {
            var socket = new Socket(HOST, MONITORING, InetAddress.getByName("127.0.0.2"), 0);
            socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
            open.add(socket);
        }
        var probes = new TreeMap<String, Integer>();
        for (var i = 0; i < 10; i++) {
            probes.merge("probe " + probe(), 1, Integer::sum);
        }
        return probes;
    }

    private ManagedChannel channel() {
        try {
            var own = Certificates.of(CertificateFiles.read(identity));
            return NettyChannelBuilder.forAddress("127.0.0.1", PORT)
                    .sslContext(CrossplaneClient.tls(authority, Optional.of(identity), "TLSv1.3"))
                    .overrideAuthority(own.chain().isEmpty() ? "" : FUNCTION)
                    .maxInboundMessageSize(64 << 20)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String end(ManagedChannel channel, RunFunctionRequest request) {
        try {
            var response = FunctionRunnerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .runFunction(request);
            return response.getResultsList().stream()
                            .anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL)
                    ? "Fatal"
                    : "OK";
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().toString();
        }
    }

    private String probe() {
        try (var socket = new Socket(HOST, MONITORING)) {
            socket.setSoTimeout(2000);
            socket.getOutputStream()
                    .write("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.length() < 12 ? "closed" : status.substring(9);
        } catch (IOException e) {
            return "none";
        }
    }

    private static Json.Obj composite(int apps) {
        return composite(apps, true);
    }

    private static Json.Obj composite(int apps, boolean values) {
        var environment = (Json.Obj) Yaml.documents("""
                apiVersion: platform.internal/v1beta1
                kind: Environment
                metadata: {name: dev, namespace: team-a, uid: 6f1c7b0a-9d0e-4a53-8c39-0a5a3c1f2e77}
                """).getFirst();
        var list = IntStream.range(0, apps)
                .<Json>mapToObj(i -> values
                        ? JsonLiteral.obj(
                                "name", "app-" + i, "catalog", "podinfo", "values", JsonLiteral.obj("replicaCount", 2))
                        : JsonLiteral.obj("name", "app-" + i))
                .toList();
        return io.functionenvironment.json.Merge.over(
                environment, JsonLiteral.obj("spec", JsonLiteral.obj("apps", new Json.Arr(list))));
    }

    private static RunFunctionRequest request(Json.Obj composite, double mebibytes) {
        var request = RunFunctionRequest.newBuilder();
        request.getMetaBuilder().setTag("assault");
        request.getObservedBuilder().getCompositeBuilder().setResource(StructCodec.struct(composite));
        for (var i = 0; i < mebibytes * 10; i++) {
            var body = Struct.newBuilder().putFields("text", text("x".repeat((1 << 20) / 10)));
            request.putRequiredResources(
                    "large-" + i,
                    Resources.newBuilder()
                            .addItems(Resource.newBuilder().setResource(body))
                            .build());
        }
        return request.build();
    }

    /** With a large context, which is passed on. */
    private static RunFunctionRequest padded(int mebibytes) {
        return request(composite(10), 0).toBuilder()
                .setContext(Struct.newBuilder().putFields("x", text("x".repeat(mebibytes << 20))))
                .build();
    }

    private static RunFunctionRequest values(double mebibytes) {
        var list = com.google.protobuf.ListValue.newBuilder();
        for (var i = 0; i < mebibytes * (1 << 20) / 4; i++) {
            list.addValues(Value.newBuilder().setStructValue(Struct.getDefaultInstance()));
        }
        var request = request(composite(10), 0).toBuilder();
        request.getObservedBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .putFields("more", Value.newBuilder().setListValue(list).build());
        return request.build();
    }

    private static RunFunctionRequest resources(int count) {
        var request = request(composite(10), 0).toBuilder();
        var body = Struct.newBuilder().putFields("kind", text("Other")).build();
        for (var i = 0; i < count; i++) {
            request.getObservedBuilder()
                    .putResources(
                            "other-" + i,
                            Resource.newBuilder().setResource(body).build());
        }
        return request.build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The attacker does not care with whom it speaks. */
    private record Trusting() implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
