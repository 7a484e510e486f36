package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for a thread, and calls that run while the server stops. */
@Timeout(60)
class DeadlineTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** Within the server's limit per connection; on machines with up to six cores some of these calls wait for a thread. */
    private static final int MANY = CORES == 1 ? 1 : Math.min(7, CORES + 2);

    @Test
    void aCallWhoseDeadlineExpiresWhileItWaitsIsNotExecuted() throws Exception {
        assumeTrue(MANY > CORES, "calls of one connection wait for a thread");
        var finish = new CountDownLatch(1);
        var executed = new AtomicInteger();
        try (var served = Served.monitored(request -> {
            executed.incrementAndGet();
            Served.await(finish);
            return Requests.passOn(request);
        })) {
            var busy = calls(served);
            var error = assertThrows(
                    StatusRuntimeException.class,
                    () -> FunctionRunnerServiceGrpc.newBlockingStub(served.channel())
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .runFunction(Requests.request()));
            assertEquals(Status.Code.DEADLINE_EXCEEDED, error.getStatus().getCode());
            awaitAccepted(served, MANY + 1);
            // The server measures the deadline from the moment at which it has read the call.
            Thread.sleep(1000);
            finish.countDown();
            for (var each : busy) {
                assertEquals(Requests.passOn(Requests.request()), each.get());
            }
            served.call(Requests.request());
            assertEquals(MANY + 1, executed.get());
        }
    }

    @Test
    void aCallThatOutlivesItsDeadlineIsLoggedWithItsEnvironmentWhileItRuns() throws Exception {
        assumeTrue(CORES > 1, "the thread that runs a call is not the one that notices its end");
        var finish = new CountDownLatch(1);
        try (var served = Served.of(request -> {
            Served.await(finish);
            return Requests.passOn(request);
        })) {
            assertThrows(
                    StatusRuntimeException.class,
                    () -> FunctionRunnerServiceGrpc.newBlockingStub(served.channel())
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .runFunction(Requests.request()));
            while (!served.log().contains("the caller no longer waits for a call that still runs\",\"namespace\":")) {
                Thread.sleep(5);
            }
            assertEquals(1, finish.getCount());
            finish.countDown();
        }
    }

    @Test
    void everyAcceptedCallIsAnsweredWhenTheServerStops() throws Exception {
        var finish = new CountDownLatch(1);
        try (var served = Served.monitored(request -> {
            Served.await(finish);
            return Requests.passOn(request);
        })) {
            var answers = calls(served);
            var stopped = CompletableFuture.runAsync(served.server()::close, Thread::startVirtualThread);
            // With one core, the thread that would send GOAWAY is the one that runs the call.
            while (CORES == 1
                    ? !served.log().contains("stopping: ")
                    : served.channel().getState(false) == ConnectivityState.READY) {
                Thread.sleep(5);
            }
            finish.countDown();
            for (var each : answers) {
                assertEquals(Requests.passOn(Requests.request()), each.get());
            }
            stopped.get();
        }
    }

    /** Starts calls, and waits until the server has accepted all of them. */
    private static List<CompletableFuture<RunFunctionResponse>> calls(Served served) throws InterruptedException {
        var calls = new ArrayList<CompletableFuture<RunFunctionResponse>>();
        for (var i = 0; i < MANY; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> served.call(Requests.request()), Thread::startVirtualThread));
        }
        awaitAccepted(served, MANY);
        return calls;
    }

    private static void awaitAccepted(Served served, int calls) throws InterruptedException {
        Http.of(served.server()).until(calls, "grpc_server_started_total" + MonitoringTest.V1);
    }
}
