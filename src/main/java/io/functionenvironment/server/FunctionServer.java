package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.metrics.Lifecycle;
import io.functionenvironment.server.metrics.Metrics;
import io.functionenvironment.server.metrics.MonitoringPort;
import io.functionenvironment.server.tls.ReloadingTls;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves a composition function to Crossplane, with health and reflection beside it, until it is closed. */
public final class FunctionServer implements AutoCloseable {
    /** Kubernetes kills a pod 30 seconds after it asked it to stop. */
    private static final Duration DRAIN = Duration.ofSeconds(25);

    private final Server server;
    private final Services services;
    private final Lifecycle lifecycle;
    private final Optional<MonitoringPort> monitoring;
    private final ServerExecutors threads;
    private final Log log;

    private FunctionServer(
            Server server,
            Services services,
            Lifecycle lifecycle,
            Optional<MonitoringPort> monitoring,
            ServerExecutors threads,
            Log log) {
        this.server = server;
        this.services = services;
        this.lifecycle = lifecycle;
        this.monitoring = monitoring;
        this.threads = threads;
        this.log = log;
    }

    /**
     * Starts to serve, and says so in the log.
     *
     * @param function is called by several threads at once; whatever it throws becomes a fatal result
     * @param log takes JSON lines, one per unexpected failure among them; nothing in it is taken from requests but
     *     namespace and name of the composite resource
     * @throws IOException with a sentence, where certificates cannot be used or an address is not to be had
     */
    public static FunctionServer start(
            ServerOptions options, Function<PackedRequest, PackedResponse> function, PrintStream log)
            throws IOException {
        return start(options, function, Optional.empty(), log);
    }

    /**
     * As the other, and rehearses before it is ready.
     *
     * @param rehearsal makes requests that are answered first, by which the function gets warm
     */
    public static FunctionServer start(
            ServerOptions options,
            Function<PackedRequest, PackedResponse> function,
            Supplier<List<PackedRequest>> rehearsal,
            PrintStream log)
            throws IOException {
        return start(options, function, Optional.of(rehearsal), log);
    }

    private static FunctionServer start(
            ServerOptions options,
            Function<PackedRequest, PackedResponse> function,
            Optional<Supplier<List<PackedRequest>>> rehearsal,
            PrintStream log)
            throws IOException {
        // Or Netty takes the SLF4J that fabric8 brings, which has nothing behind it: complaints at first, then silence.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        var out = new Log(log, options.debug());
        JulBridge.into(out);
        var metrics = new Metrics();
        metrics.severities(Stream.of(Severity.SEVERITY_FATAL, Severity.SEVERITY_WARNING, Severity.SEVERITY_NORMAL)
                .map(RunFunction::severity)
                .toList());
        var lifecycle = new Lifecycle();
        var safe = new SafeFunction(function, metrics, out);
        var services = Services.of(new RunFunction(safe, lifecycle, metrics, out));

        var builder = NettyServerBuilder.forAddress(options.address().toSocket())
                .maxInboundMessageSize(options.maxRequestBytes())
                .addStreamTracerFactory(metrics.calls(services.methods()));
        switch (options.security()) {
            case ServerOptions.Security.Insecure() -> {}
            case ServerOptions.Security.MutualTls(var directory) ->
                builder.sslContext(new ReloadingTls(directory, metrics, out));
        }
        services.set(builder);
        ConnectionLimits.set(builder);
        var threads = ServerExecutors.forCores(Runtime.getRuntime().availableProcessors());
        threads.set(builder);
        var server = builder.build();
        listen(server, options.address(), threads);
        var port = monitor(options.monitoring(), lifecycle, metrics, out, () -> {
            server.shutdownNow();
            threads.stop();
        });
        var started = new FunctionServer(server, services, lifecycle, port, threads, out);
        out.info("serving on %s (%s)".formatted(options.address().withPort(started.port()), options.security()));
        rehearsal.ifPresentOrElse(
                requests -> new WarmUp(requests, function, out).begin(started::ready), started::ready);
        return started;
    }

    private static void listen(Server server, Address address, ServerExecutors threads) throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            threads.stop();
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on %s: %s".formatted(address, cause.getMessage()), e);
        }
    }

    private static Optional<MonitoringPort> monitor(
            Optional<Monitoring> wanted, Lifecycle lifecycle, Metrics metrics, Log log, Runnable giveUp)
            throws IOException {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        var address = wanted.get().address();
        try {
            return Optional.of(MonitoringPort.open(address.toSocket(), lifecycle, metrics));
        } catch (IOException e) {
            var trouble = "cannot listen on %s for probes and metrics: %s".formatted(address, e.getMessage());
            if (wanted.get().asked()) {
                giveUp.run();
                throw new IOException(trouble, e);
            }
            log.warn(trouble + "; serving without");
            return Optional.empty();
        }
    }

    private void ready() {
        services.ready();
        lifecycle.ready();
    }

    /** The port that is listened on, also where any was asked for. */
    public int port() {
        return server.getPort();
    }

    /** The port of probes and metrics, where there is one. */
    public Optional<Integer> monitoringPort() {
        return monitoring.map(MonitoringPort::port);
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
        lifecycle.draining();
        log.info("draining, with %d calls running".formatted(lifecycle.running()));
        services.end();
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("%d calls did not end in time and are given up".formatted(lifecycle.running()));
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.stop();
        monitoring.ifPresent(MonitoringPort::close);
        log.info("stopped");
    }
}
