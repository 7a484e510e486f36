package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineTest {
    /** More than there are threads for calls, and fewer than Crossplane may have at once. */
    private static final int MANY = Math.min(7, Runtime.getRuntime().availableProcessors() + 2);

    /** On a single core the thread that reads runs the calls, and takes none while one runs. */
    private static final int MOST_TAKEN = Runtime.getRuntime().availableProcessors() == 1 ? 1 : MANY;

    private static final String TAKEN =
            "grpc_server_started_total{grpc_method=\"RunFunction\",grpc_service=\"%s\",grpc_type=\"unary\"}"
                    .formatted(Protocol.V1.service());

    @Test
    void aCallWhoseTimeIsUpBeforeItsTurnIsNotCarriedOut() throws Exception {
        var begun = new CountDownLatch(Runtime.getRuntime().availableProcessors());
        var finish = new CountDownLatch(1);
        var carriedOut = new AtomicInteger();
        try (var served = Served.of(request -> {
            begun.countDown();
            carriedOut.incrementAndGet();
            await(finish);
            return Requests.passOn(request);
        })) {
            var busy = new ArrayList<CompletableFuture<RunFunctionResponse>>();
            for (var i = 0; i < MANY; i++) {
                busy.add(CompletableFuture.supplyAsync(
                        () -> served.call(Requests.request()), Thread::startVirtualThread));
            }
            await(begun);
            var refusal = assertThrows(
                    StatusRuntimeException.class,
                    () -> FunctionRunnerServiceGrpc.newBlockingStub(served.channel())
                            .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                            .runFunction(Requests.request()));
            assertEquals(Status.Code.DEADLINE_EXCEEDED, refusal.getStatus().getCode());
            finish.countDown();
            for (var each : busy) {
                assertEquals(Requests.passOn(Requests.request()), each.get());
            }
            served.call(Requests.request());
            assertEquals(MANY + 1, carriedOut.get());
        }
    }

    @Test
    void everyCallThatWasTakenIsAnsweredWhenTheServerStops() throws Exception {
        var finish = new CountDownLatch(1);
        try (var served = Served.monitored(request -> {
            await(finish);
            return Requests.passOn(request);
        })) {
            var answers = new ArrayList<CompletableFuture<RunFunctionResponse>>();
            for (var i = 0; i < MOST_TAKEN; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> served.call(Requests.request()), Thread::startVirtualThread));
            }
            var http = Http.of(served.server());
            while (http.metric(TAKEN) < MOST_TAKEN) {
                Thread.sleep(5);
            }
            var stopped = CompletableFuture.runAsync(served.server()::close, Thread::startVirtualThread);
            while (!served.log().contains("draining, with ")) {
                Thread.sleep(5);
            }
            finish.countDown();
            for (var each : answers) {
                assertEquals(Requests.passOn(Requests.request()), each.get());
            }
            stopped.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
