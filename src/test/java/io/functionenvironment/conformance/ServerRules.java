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

/** Rules for what a server offers beside RunFunction: reflection, health, and no connections of its own. */
final class ServerRules {
    static final List<Rule<FunctionClient>> ALL = List.of(
            Rule.expected("reflection", "lists its service by gRPC reflection", ServerRules::reflection),
            Rule.expected("health", "reports SERVING by gRPC health", ServerRules::health),
            Rule.must(
                    "no-outgoing-connections",
                    "keeps no connection to anybody but its clients, so to no API server either",
                    ServerRules::connections));

    private static final int SECONDS = 20;

    private ServerRules() {}

    private static void health(FunctionClient client, Consumer<String> findings) {
        var health = HealthGrpc.newBlockingStub(client.channel()).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
        for (var service : List.of("", client.endpoint().service())) {
            try {
                var request =
                        HealthCheckRequest.newBuilder().setService(service).build();
                var status = health.check(request).getStatus();
                if (status != ServingStatus.SERVING) {
                    findings.accept("\"%s\" is %s".formatted(service, status));
                }
            } catch (StatusRuntimeException refused) {
                findings.accept("a check of \"%s\" ends with %s"
                        .formatted(service, refused.getStatus().getCode()));
            }
        }
    }

    private static void reflection(FunctionClient client, Consumer<String> findings)
            throws InterruptedException, TimeoutException {
        var response = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(client.channel())
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse listed) {
                        response.complete(listed);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        response.completeExceptionally(thrown);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        try {
            var services = response.get(SECONDS, TimeUnit.SECONDS)
                    .getListServicesResponse()
                    .getServiceList();
            if (services.stream()
                    .map(ServiceResponse::getName)
                    .noneMatch(client.endpoint().service()::equals)) {
                findings.accept("its service is not listed");
            }
            requests.onCompleted();
        } catch (ExecutionException refused) {
            findings.accept("there is no reflection");
        }
    }

    private static void connections(FunctionClient client, Consumer<String> findings) throws IOException {
        client.call(client.good());
        if (client.running().isPresent()) {
            new Sockets(client.running().get().pid())
                    .outward()
                    .forEach(other -> findings.accept("it is connected to " + other));
        }
    }
}
