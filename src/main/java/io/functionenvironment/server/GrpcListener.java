package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.limits.Admission;
import io.functionenvironment.server.limits.ConnectionLimits;
import io.functionenvironment.server.limits.Connections;
import io.functionenvironment.server.limits.MemoryBounds;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Metrics;
import io.functionenvironment.server.tls.ReloadingTls;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;

/** Starts the gRPC server on its address, with all limits. */
record GrpcListener(ServerOptions options, MemoryBounds bounds, ServerExecutors executors, Metrics metrics, Log log) {
    /** More than all replicas of a Crossplane need. */
    private static final int MOST_CLIENTS = 64;

    /** Each handshake takes a millisecond or two of the network thread, and this many delay a call by a tenth of a second. */
    private static final int MOST_HANDSHAKES = 64;

    /** @throws IOException if the certificates cannot be used or the address cannot be listened on */
    Server listen(Services services) throws IOException {
        var connections = new Connections(MOST_HANDSHAKES, MOST_CLIENTS);
        var admission = new Admission(bounds, connections, GrpcListener::size);
        var builder = NettyServerBuilder.forAddress(options.address().toSocket())
                .maxInboundMessageSize(bounds.largest())
                .addStreamTracerFactory(metrics.calls(services.methods()))
                .addStreamTracerFactory(admission.arrivals())
                .intercept(admission)
                .addTransportFilter(new Clients(connections));
        switch (options.security()) {
            case ServerOptions.Security.Insecure() -> {}
            case ServerOptions.Security.MutualTls(var directory) ->
                builder.sslContext(new ReloadingTls(directory, metrics, log));
        }
        services.addTo(builder);
        ConnectionLimits.applyTo(builder);
        executors.applyTo(builder, connections);
        var server = builder.build();
        start(server);
        admission.start(executors.network());
        return server;
    }

    private void start(Server server) throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            executors.stop();
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on %s: %s".formatted(options.address(), cause.getMessage()), e);
        }
    }

    /** Messages of other services are read at once, and are small. */
    private static long size(Object message) {
        return switch (message) {
            case ReceivedRequest received -> received.length();
            case PackedResponse response -> response.getSerializedSize();
            default -> 0;
        };
    }

    /** A client that has finished its handshake has a certificate of Crossplane. */
    private static final class Clients extends ServerTransportFilter {
        private final Connections connections;

        Clients(Connections connections) {
            this.connections = connections;
        }

        @Override
        public Attributes transportReady(Attributes attributes) {
            var client = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            if (client != null) {
                connections.known(client);
            }
            return attributes;
        }
    }
}
