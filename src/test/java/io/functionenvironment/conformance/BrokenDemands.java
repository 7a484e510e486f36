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

/** What is asked of a server whose callers break off, crowd, or speak something else. */
final class BrokenDemands {
    /** Ends of a call that say nothing of what is wrong with it. */
    static final Set<Status.Code> ABRUPT =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED, Status.Code.UNKNOWN);

    static final List<Demand<Caller>> ALL = List.of(
            Demand.expected(
                    "garbage-message", "refuses bytes that are no message, and goes on", BrokenDemands::garbage),
            Demand.expected(
                    "garbage-connection", "goes on after connections that are not gRPC", BrokenDemands::connections),
            Demand.expected("compressed", "answers a compressed request", BrokenDemands::compressed),
            Demand.expected(
                    "deadline-passed", "goes on after calls whose deadline has passed", BrokenDemands::deadlines),
            Demand.expected("caller-gone", "goes on after callers that have gone", BrokenDemands::gone),
            Demand.expected(
                    "many-at-once", "answers 200 calls at once, each as it answers one", BrokenDemands::manyAtOnce),
            Demand.expected(
                    "large-at-once",
                    "answers or refuses 2 requests of 10 MiB at once, then 50 of 1 MiB, and goes on",
                    BrokenDemands::largeAtOnce));

    private static final int AT_ONCE = 200;
    private static final int SECONDS = 30;

    private BrokenDemands() {}

    private static void garbage(Caller caller, Consumer<String> seen) {
        var good = caller.good().toByteArray();
        var noise = new byte[1000];
        new Random(7).nextBytes(noise);
        noise[0] = (byte) 0xff;
        var messages = new LinkedHashMap<String, byte[]>(Map.of(
                "noise", noise,
                "half a request", Arrays.copyOf(good, good.length - 1),
                "a tag that is not UTF-8", new byte[] {10, 4, 10, 2, (byte) 0xc3, 0x28},
                "a length beyond the end", new byte[] {10, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
                "a number without end", new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
        messages.forEach((what, bytes) -> {
            var end = caller.end(bytes);
            if (end == Status.Code.OK || ABRUPT.contains(end)) {
                seen.accept(what + ": the call ends with " + end);
            }
            HostileDemands.goesOn(caller, what, seen);
        });
    }

    private static void connections(Caller caller, Consumer<String> seen) throws IOException {
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        for (var sent : List.of(
                "",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u0005hello",
                preface,
                preface + "\u00ff\u00ff\u00ff\u00ff".repeat(100),
                "x".repeat(100_000))) {
            try (var socket =
                    new Socket(caller.address().host(), caller.address().port())) {
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                // That is one way to refuse it.
            }
            HostileDemands.goesOn(caller, "after what is not gRPC", seen);
        }
    }

    private static void compressed(Caller caller, Consumer<String> seen) {
        var request = Samples.afterOthers(caller.good());
        var plain = caller.call(request);
        var bytes = caller.bytes(
                caller.channel(), request.toByteArray(), Caller.options().withCompression("gzip"));
        if (!Caller.parse(bytes).equals(plain)) {
            seen.accept("another answer comes back");
        }
    }

    private static void deadlines(Caller caller, Consumer<String> seen) {
        var request = LargeRequests.megabytes(caller.good(), 3).toByteArray();
        for (var microseconds : List.of(0, 100, 1000, 10_000)) {
            var options = CallOptions.DEFAULT.withDeadlineAfter(microseconds, TimeUnit.MICROSECONDS);
            try {
                caller.bytes(caller.channel(), request, options);
            } catch (StatusRuntimeException late) {
                // Which is what it is to be; on a fast machine some are answered.
            }
        }
        HostileDemands.goesOn(caller, "after calls that were late", seen);
    }

    private static void gone(Caller caller, Consumer<String> seen) throws InterruptedException {
        var request = LargeRequests.megabytes(caller.good(), 1).toByteArray();
        for (var after = 0; after < 4; after++) {
            var channel = caller.channels().get();
            for (var i = 0; i < 10; i++) {
                var _ = ClientCalls.futureUnaryCall(channel.newCall(caller.method(), Caller.options()), request);
            }
            Thread.sleep(after * 10L);
            channel.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
        HostileDemands.goesOn(caller, "after callers that have gone", seen);
    }

    private static void manyAtOnce(Caller caller, Consumer<String> seen) throws InterruptedException, TimeoutException {
        var request = Samples.afterOthers(caller.good());
        var calls = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> ClientCalls.futureUnaryCall(
                        caller.channel().newCall(caller.method(), Caller.options()), tagged(request, i)))
                .toList();
        var alone = caller.call(request);
        for (var i = 0; i < AT_ONCE; i++) {
            try {
                var answer = Caller.parse(calls.get(i).get(SECONDS, TimeUnit.SECONDS));
                if (!answer.equals(tagged(alone, i))) {
                    seen.accept("another answer comes back");
                }
            } catch (ExecutionException failed) {
                seen.accept("a call ends with " + Status.fromThrowable(failed).getCode());
            }
        }
    }

    private static void largeAtOnce(Caller caller, Consumer<String> seen)
            throws InterruptedException, TimeoutException {
        atOnce(2, 10, caller, seen);
        atOnce(50, 1, caller, seen);
        HostileDemands.goesOn(caller, "after large requests at once", seen);
    }

    private static void atOnce(int count, int megabytes, Caller caller, Consumer<String> seen)
            throws InterruptedException, TimeoutException {
        var request = LargeRequests.megabytes(caller.good(), megabytes).toByteArray();
        var calls = IntStream.range(0, count)
                .mapToObj(i -> ClientCalls.futureUnaryCall(
                        caller.channel().newCall(caller.method(), Caller.options()), request))
                .toList();
        for (var call : calls) {
            try {
                call.get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                var end = Status.fromThrowable(failed).getCode();
                if (ABRUPT.contains(end)) {
                    seen.accept("a call ends with " + end);
                }
            }
        }
    }

    private static byte[] tagged(RunFunctionRequest request, int tag) {
        var changed = request.toBuilder();
        changed.getMetaBuilder().setTag("call " + tag);
        return changed.build().toByteArray();
    }

    private static RunFunctionResponse tagged(RunFunctionResponse answer, int tag) {
        var changed = answer.toBuilder();
        changed.getMetaBuilder().setTag("call " + tag);
        return changed.build();
    }
}
