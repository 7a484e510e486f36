package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedResponse;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.util.List;
import java.util.stream.Stream;

/** The gRPC services of the server: the function under both protocol versions, health and reflection. */
record Services(HealthStatusManager health, List<ServerServiceDefinition> all) {

    static Services of(UnaryMethod<ReceivedRequest, PackedResponse> function) {
        var health = new HealthStatusManager();
        var services = new Services(
                health,
                Stream.concat(
                                Protocol.ALL.stream().map(protocol -> protocol.serve(function)),
                                Stream.of(health.getHealthService(), reflection(), reflectionV1Alpha())
                                        .map(BindableService::bindService))
                        .toList());
        services.setStatus(ServingStatus.NOT_SERVING);
        return services;
    }

    private static BindableService reflection() {
        return ProtoReflectionServiceV1.newInstance();
    }

    @SuppressWarnings("deprecation") // older grpcurl and grpc_cli use v1alpha
    private static BindableService reflectionV1Alpha() {
        return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
    }

    List<MethodDescriptor<?, ?>> methods() {
        return all.stream()
                .flatMap(service -> service.getMethods().stream())
                .<MethodDescriptor<?, ?>>map(ServerMethodDefinition::getMethodDescriptor)
                .toList();
    }

    void addTo(NettyServerBuilder builder) {
        all.forEach(builder::addService);
    }

    void ready() {
        setStatus(ServingStatus.SERVING);
    }

    /** Reports NOT_SERVING for the rest of the process. */
    void terminate() {
        health.enterTerminalState();
    }

    private void setStatus(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        Protocol.ALL.forEach(protocol -> health.setStatus(protocol.service(), status));
    }
}
