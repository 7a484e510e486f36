package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Rules for a server whose clients disconnect, are many, or do not speak gRPC. */
final class TransportRules {
    /** Status codes that do not tell the client what is wrong with its request. */
    static final Set<Status.Code> UNINFORMATIVE =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED, Status.Code.UNKNOWN);

    static final List<Rule<FunctionClient>> ALL = List.of(
            Rule.expected(
                    "garbage-message",
                    "rejects bytes that are no message, and serves the next call",
                    TransportRules::garbage),
            Rule.expected(
                    "garbage-connection",
                    "serves the next call after connections that do not speak gRPC",
                    TransportRules::connections),
            Rule.expected("compressed", "responds to a compressed request", TransportRules::compressed),
            Rule.expected(
                    "deadline-passed",
                    "serves the next call after calls whose deadline has passed",
                    TransportRules::deadlines),
            Rule.expected(
                    "client-disconnected",
                    "serves the next call after clients have disconnected",
                    TransportRules::gone),
            Rule.expected(
                    "many-at-once",
                    "returns the same response to each of 200 calls at once as to a single one",
                    TransportRules::manyAtOnce),
            Rule.expected(
                    "large-at-once",
                    "responds to or rejects 2 requests of 10 MiB at once, then 50 of 1 MiB, and serves the next call",
                    TransportRules::largeAtOnce));

    private static final int AT_ONCE = 200;
    private static final int SECONDS = 30;

    private TransportRules() {}

    private static void garbage(FunctionClient client, Consumer<String> findings) {
        var good = client.good().toByteArray();
        var noise = new byte[1000];
        new Random(7).nextBytes(noise);
        noise[0] = (byte) 0xff;
        var messages = new LinkedHashMap<String, byte[]>(Map.of(
                "noise", noise,
                "half a request", Arrays.copyOf(good, good.length - 1),
                "a tag that is not UTF-8", new byte[] {10, 4, 10, 2, (byte) 0xc3, 0x28},
                "a length past the end", new byte[] {10, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
                "a number without end", new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
        messages.forEach((what, bytes) -> {
            var end = client.end(bytes);
            if (end == Status.Code.OK || UNINFORMATIVE.contains(end)) {
                findings.accept(what + ": the call ends with " + end);
            }
            RobustnessRules.stillServes(client, what, findings);
        });
    }

    private static void connections(FunctionClient client, Consumer<String> findings) throws IOException {
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        for (var sent : List.of(
                "",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u0005hello",
                preface,
                preface + "\u00ff\u00ff\u00ff\u00ff".repeat(100),
                "x".repeat(100_000))) {
            try (var socket =
                    new Socket(client.address().host(), client.address().port())) {
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                // Closing the connection is one way to reject it.
            }
            RobustnessRules.stillServes(client, "after a connection that does not speak gRPC", findings);
        }
    }

    private static void compressed(FunctionClient client, Consumer<String> findings) {
        var request = SampleRequests.afterOtherSteps(client.good());
        var plain = client.call(request);
        var bytes = client.bytes(
                client.channel(),
                request.toByteArray(),
                FunctionClient.options().withCompression("gzip"));
        if (!FunctionClient.parse(bytes).equals(plain)) {
            findings.accept("the response differs");
        }
    }

    private static void deadlines(FunctionClient client, Consumer<String> findings) {
        var request = LargeRequests.megabytes(client.good(), 3).toByteArray();
        for (var microseconds : List.of(0, 100, 1000, 10_000)) {
            var options = CallOptions.DEFAULT.withDeadlineAfter(microseconds, TimeUnit.MICROSECONDS);
            try {
                client.bytes(client.channel(), request, options);
            } catch (StatusRuntimeException late) {
                // As expected; a fast machine responds to some in time.
            }
        }
        RobustnessRules.stillServes(client, "after calls past their deadline", findings);
    }

    private static void gone(FunctionClient client, Consumer<String> findings) throws InterruptedException {
        var request = LargeRequests.megabytes(client.good(), 1).toByteArray();
        for (var after = 0; after < 4; after++) {
            var channel = client.channels().get();
            for (var i = 0; i < 10; i++) {
                var _ = ClientCalls.futureUnaryCall(
                        channel.newCall(client.method(), FunctionClient.options()), request);
            }
            Thread.sleep(after * 10L);
            channel.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
        RobustnessRules.stillServes(client, "after clients have disconnected", findings);
    }

    private static void manyAtOnce(FunctionClient client, Consumer<String> findings)
            throws InterruptedException, TimeoutException {
        var request = SampleRequests.afterOtherSteps(client.good());
        var calls = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> ClientCalls.futureUnaryCall(
                        client.channel().newCall(client.method(), FunctionClient.options()), tagged(request, i)))
                .toList();
        var alone = client.call(request);
        for (var i = 0; i < AT_ONCE; i++) {
            try {
                var response = FunctionClient.parse(calls.get(i).get(SECONDS, TimeUnit.SECONDS));
                if (!response.equals(tagged(alone, i))) {
                    findings.accept("the response differs");
                }
            } catch (ExecutionException failed) {
                findings.accept(
                        "a call ends with " + Status.fromThrowable(failed).getCode());
            }
        }
    }

    private static void largeAtOnce(FunctionClient client, Consumer<String> findings)
            throws InterruptedException, TimeoutException {
        atOnce(2, 10, client, findings);
        atOnce(50, 1, client, findings);
        RobustnessRules.stillServes(client, "after large requests at once", findings);
    }

    private static void atOnce(int count, int megabytes, FunctionClient client, Consumer<String> findings)
            throws InterruptedException, TimeoutException {
        var request = LargeRequests.megabytes(client.good(), megabytes).toByteArray();
        var calls = IntStream.range(0, count)
                .mapToObj(i -> ClientCalls.futureUnaryCall(
                        client.channel().newCall(client.method(), FunctionClient.options()), request))
                .toList();
        for (var call : calls) {
            try {
                call.get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                var end = Status.fromThrowable(failed).getCode();
                if (UNINFORMATIVE.contains(end)) {
                    findings.accept("a call ends with " + end);
                }
            }
        }
    }

    private static byte[] tagged(RunFunctionRequest request, int tag) {
        var changed = request.toBuilder();
        changed.getMetaBuilder().setTag("call " + tag);
        return changed.build().toByteArray();
    }

    private static RunFunctionResponse tagged(RunFunctionResponse response, int tag) {
        var changed = response.toBuilder();
        changed.getMetaBuilder().setTag("call " + tag);
        return changed.build();
    }
}
