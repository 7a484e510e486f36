package io.functionenvironment.conformance;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What is asked of a server by those who look at it, and of what it does beside answering. */
final class DiscoveryDemands {
    static final List<Demand<Caller>> ALL = List.of(
            Demand.expected("reflection", "lists its service to who asks by reflection", DiscoveryDemands::reflection),
            Demand.expected("health", "says by gRPC health that it serves", DiscoveryDemands::health),
            Demand.must(
                    "talks-to-nobody",
                    "keeps no connection to anybody but its callers, so to no API server either",
                    DiscoveryDemands::connections));

    private static final int SECONDS = 20;

    private DiscoveryDemands() {}

    private static void health(Caller caller, Consumer<String> seen) {
        var health = HealthGrpc.newBlockingStub(caller.channel()).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
        for (var service : List.of("", caller.way().service())) {
            try {
                var request =
                        HealthCheckRequest.newBuilder().setService(service).build();
                var status = health.check(request).getStatus();
                if (status != ServingStatus.SERVING) {
                    seen.accept("\"%s\" is %s".formatted(service, status));
                }
            } catch (StatusRuntimeException refused) {
                seen.accept("asking about \"%s\" ends with %s"
                        .formatted(service, refused.getStatus().getCode()));
            }
        }
    }

    private static void reflection(Caller caller, Consumer<String> seen) throws InterruptedException, TimeoutException {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(caller.channel())
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        answer.completeExceptionally(thrown);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        try {
            var listed = answer.get(SECONDS, TimeUnit.SECONDS)
                    .getListServicesResponse()
                    .getServiceList();
            if (listed.stream()
                    .map(ServiceResponse::getName)
                    .noneMatch(caller.way().service()::equals)) {
                seen.accept("it is not listed");
            }
            requests.onCompleted();
        } catch (ExecutionException refused) {
            seen.accept("there is no reflection");
        }
    }

    private static void connections(Caller caller, Consumer<String> seen) throws IOException {
        caller.call(caller.good());
        if (caller.running().isPresent()) {
            new Sockets(caller.running().get().pid())
                    .outward()
                    .forEach(other -> seen.accept("it is connected to " + other));
        }
    }
}
