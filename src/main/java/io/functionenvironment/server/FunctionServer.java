package io.functionenvironment.server;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Serves a composition function to Crossplane, with health and reflection beside it, until it is closed. */
public final class FunctionServer implements AutoCloseable {
    /** Kubernetes kills a pod 30 seconds after it asked it to stop. */
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Server server;
    private final HealthStatusManager health;
    private final Threads threads;

    private FunctionServer(Server server, HealthStatusManager health, Threads threads) {
        this.server = server;
        this.health = health;
        this.threads = threads;
    }

    /**
     * Starts to serve, and says so in one line.
     *
     * @param function is called by several threads at once; whatever it throws becomes a fatal result
     * @param log takes that line, and one entry per unexpected failure; nothing in it is taken from requests but
     *     namespace and name of the composite resource
     * @throws IOException with a sentence, where certificates cannot be used or the address is not to be had
     */
    public static FunctionServer start(
            ServerOptions options, Function<RunFunctionRequest, RunFunctionResponse> function, PrintStream log)
            throws IOException {
        // Or Netty takes the SLF4J that fabric8 brings, which has nothing behind it: complaints at first, then silence.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        var out = new Log(log, options.debug());
        var builder = NettyServerBuilder.forAddress(options.address().toSocket());
        switch (options.security()) {
            case Insecure() -> {}
            case MutualTls(var directory) -> builder.sslContext(Tls.mutual(Certificates.read(directory)));
        }
        var health = new HealthStatusManager();
        var call = new RunFunction(new SafeFunction(function, out), out);
        for (var protocol : Protocol.ALL) {
            builder.addService(protocol.serve(call));
            health.setStatus(protocol.service(), ServingStatus.SERVING);
        }
        builder.addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .maxInboundMessageSize(options.maxRequestBytes());
        Connections.set(builder);
        var threads = Threads.forCores(Runtime.getRuntime().availableProcessors());
        threads.set(builder);
        var started = new FunctionServer(builder.build(), health, threads);
        started.listen(options.address());
        out.say("serving on %s (%s)".formatted(options.address().withPort(started.port()), options.security()));
        return started;
    }

    private void listen(Address address) throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            threads.stop();
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on %s: %s".formatted(address, cause.getMessage()), e);
        }
    }

    /** The port that is listened on, also where any was asked for. */
    public int port() {
        return server.getPort();
    }

    /** Serves until the process is told to end by SIGTERM or SIGINT, then lets running calls finish. */
    public void serveUntilStopped() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "drain"));
        server.awaitTermination();
    }

    /** Takes no more calls, and waits some seconds for those that run. Closing again does nothing. */
    @Override
    public void close() {
        if (server.isShutdown()) {
            return;
        }
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.stop();
    }
}
