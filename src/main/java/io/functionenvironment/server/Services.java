package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
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

/** All that may be called: the function by both its names, its health, and what there is to call. */
record Services(HealthStatusManager health, List<ServerServiceDefinition> all) {

    static Services of(UnaryMethod<PackedRequest, PackedResponse> function) {
        var health = new HealthStatusManager();
        var services = new Services(
                health,
                Stream.concat(
                                Protocol.ALL.stream().map(protocol -> protocol.serve(function)),
                                Stream.of(health.getHealthService(), reflection(), olderReflection())
                                        .map(BindableService::bindService))
                        .toList());
        services.tell(ServingStatus.NOT_SERVING);
        return services;
    }

    private static BindableService reflection() {
        return ProtoReflectionServiceV1.newInstance();
    }

    @SuppressWarnings("deprecation") // what grpcurl and grpc_cli of some years ago ask for
    private static BindableService olderReflection() {
        return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
    }

    List<MethodDescriptor<?, ?>> methods() {
        return all.stream()
                .flatMap(service -> service.getMethods().stream())
                .<MethodDescriptor<?, ?>>map(ServerMethodDefinition::getMethodDescriptor)
                .toList();
    }

    void set(NettyServerBuilder builder) {
        all.forEach(builder::addService);
    }

    void ready() {
        tell(ServingStatus.SERVING);
    }

    /** For good. */
    void end() {
        health.enterTerminalState();
    }

    private void tell(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        Protocol.ALL.forEach(protocol -> health.setStatus(protocol.service(), status));
    }
}
