package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.proto.v1.RunFunctionResponse;
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

@Timeout(60)
class DeadlineTest {
    /** More than there are threads for calls, and fewer than Crossplane may have at once. */
    private static final int MANY = Math.min(7, Runtime.getRuntime().availableProcessors() + 2);

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
        var begun = new CountDownLatch(1);
        try (var served = Served.of(request -> {
            begun.countDown();
            pause();
            return Requests.passOn(request);
        })) {
            var answers = new ArrayList<CompletableFuture<Object>>();
            for (var i = 0; i < 100; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> answer(served), Thread::startVirtualThread));
            }
            await(begun);
            served.server().close();
            var all = new ArrayList<>();
            for (var each : answers) {
                all.add(each.get());
            }
            // What came too late was refused before it began, and may be sent to another server.
            all.removeIf(Status.Code.UNAVAILABLE::equals);
            assertEquals(
                    List.of(Requests.passOn(Requests.request())),
                    all.stream().distinct().toList());
            assertTrue(all.size() > 1, all.toString());
        }
    }

    private static Object answer(Served served) {
        try {
            return served.call(Requests.request());
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
