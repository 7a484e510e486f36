package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health and reflection services. */
@Timeout(60)
class DiscoveryTest {
    private final Served served;

    DiscoveryTest() throws IOException {
        served = Served.of(Requests::passOn);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void bothProtocolVersionsAreHealthy() {
        var health = HealthGrpc.newBlockingStub(served.channel());
        for (var service : List.of("", Protocol.V1.service(), Protocol.V1BETA1.service())) {
            var request = HealthCheckRequest.newBuilder().setService(service).build();
            assertEquals(ServingStatus.SERVING, health.check(request).getStatus(), service);
        }
    }

    @Test
    void reflectionListsAndDescribesEveryService() {
        var all = ServerReflectionRequest.newBuilder().setListServices("").build();
        assertEquals(
                List.of(
                        "apiextensions.fn.proto.v1.FunctionRunnerService",
                        "apiextensions.fn.proto.v1beta1.FunctionRunnerService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection"),
                reflect(all).getListServicesResponse().getServiceList().stream()
                        .map(ServiceResponse::getName)
                        .sorted()
                        .toList());
        for (var protocol : Protocol.ALL) {
            var one = ServerReflectionRequest.newBuilder().setFileContainingSymbol(protocol.service());
            var description = reflect(one.build()).getFileDescriptorResponse();
            assertTrue(description.getFileDescriptorProtoCount() > 0, protocol.service());
        }
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest request) {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(served.channel()).serverReflectionInfo(new StreamObserver<>() {
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
        requests.onNext(request);
        var response = answer.join();
        requests.onCompleted();
        return response;
    }
}
