package io.functionenvironment.server;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Monitoring;
import io.functionenvironment.server.limits.MemoryBounds;
import io.functionenvironment.server.limits.WorkingMemory;
import io.functionenvironment.server.logging.JulBridge;
import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Lifecycle;
import io.functionenvironment.server.metrics.Metrics;
import io.functionenvironment.server.metrics.MonitoringPort;
import io.grpc.Server;
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

/** A gRPC server for one composition function, with health and reflection services, probes and metrics. */
public final class FunctionServer implements AutoCloseable {
    /** Kubernetes kills a pod 30 seconds after SIGTERM by default. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(25);

    private final Server server;
    private final Services services;
    private final Lifecycle lifecycle;
    private final Optional<MonitoringPort> monitoring;
    private final ServerExecutors executors;
    private final Log log;

    private FunctionServer(
            Server server,
            Services services,
            Lifecycle lifecycle,
            Optional<MonitoringPort> monitoring,
            ServerExecutors executors,
            Log log) {
        this.server = server;
        this.services = services;
        this.lifecycle = lifecycle;
        this.monitoring = monitoring;
        this.executors = executors;
        this.log = log;
    }

    /** Starts a server as the other method does, but without a warm-up: it is ready at once. */
    public static FunctionServer start(
            ServerOptions options, Function<PackedRequest, PackedResponse> function, PrintStream log)
            throws IOException {
        return start(options, function, Optional.empty(), log);
    }

    /**
     * Starts a server that answers calls at once and reports ready after a warm-up in the background.
     *
     * @param function called by several threads at once; an exception becomes a fatal result
     * @param warmUp supplies serialized {@code RunFunctionRequest}s to answer before the server is ready; an empty list
     *     skips the warm-up and logs a warning
     * @param log receives JSON lines; of requests they contain only the namespace and name of the composite resource
     * @throws IOException if the certificates cannot be used or an address cannot be listened on; the message is a sentence
     */
    public static FunctionServer start(
            ServerOptions options,
            Function<PackedRequest, PackedResponse> function,
            Supplier<List<byte[]>> warmUp,
            PrintStream log)
            throws IOException {
        return start(options, function, Optional.of(warmUp), log);
    }

    private static FunctionServer start(
            ServerOptions options,
            Function<PackedRequest, PackedResponse> function,
            Optional<Supplier<List<byte[]>>> warmUp,
            PrintStream out)
            throws IOException {
        // Netty prefers SLF4J, which fabric8 brings without a backend: it would warn once and then log nothing.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        var log = new Log(out, options.debug());
        JulBridge.install(log);
        var metrics = new Metrics();
        metrics.severities(Stream.of(Severity.SEVERITY_FATAL, Severity.SEVERITY_WARNING, Severity.SEVERITY_NORMAL)
                .map(RunFunction::severity)
                .toList());
        var lifecycle = new Lifecycle();
        var safe = new SafeFunction(function, metrics, log);
        var bounds = MemoryBounds.ofThisProcess(options.maxRequestBytes());
        if (bounds.largest() < options.maxRequestBytes()) {
            log.warn(
                    "accepting requests of at most %d bytes: there is no memory for larger ones; raise the memory limit"
                            .formatted(bounds.largest()));
        }
        var memory = new WorkingMemory(bounds.working());
        var services = Services.of(new RunFunction(safe, memory, lifecycle, metrics, log));
        var executors = ServerExecutors.forCores(Runtime.getRuntime().availableProcessors());
        var server = new GrpcListener(options, bounds, executors, metrics, log).listen(services);
        var monitoring = monitor(options.monitoring(), lifecycle, metrics, log, () -> {
            server.shutdownNow();
            executors.stop();
        });
        var started = new FunctionServer(server, services, lifecycle, monitoring, executors, log);
        log.info("serving on %s (%s)".formatted(options.address().withPort(started.port()), options.security()));
        warmUp.ifPresentOrElse(requests -> new WarmUp(requests, function, log).start(started::ready), started::ready);
        return started;
    }

    /** @param abort stops the server if the address was set explicitly and cannot be listened on */
    private static Optional<MonitoringPort> monitor(
            Optional<Monitoring> monitoring, Lifecycle lifecycle, Metrics metrics, Log log, Runnable abort)
            throws IOException {
        if (monitoring.isEmpty()) {
            return Optional.empty();
        }
        var address = monitoring.get().address();
        try {
            return Optional.of(MonitoringPort.open(address.toSocket(), lifecycle, metrics));
        } catch (IOException e) {
            var problem = "cannot listen on %s for probes and metrics: %s".formatted(address, e.getMessage());
            if (monitoring.get().explicit()) {
                abort.run();
                throw new IOException(problem, e);
            }
            log.warn(problem + "; serving without them");
            return Optional.empty();
        }
    }

    private void ready() {
        services.ready();
        lifecycle.ready();
    }

    /** The port of the gRPC server; the actual one if the options have port 0. */
    public int port() {
        return server.getPort();
    }

    /** The port of probes and metrics, if they are served. */
    public Optional<Integer> monitoringPort() {
        return monitoring.map(MonitoringPort::port);
    }

    /** Serves until SIGTERM or SIGINT, then lets running calls finish. */
    public void serveUntilStopped() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "drain"));
        server.awaitTermination();
    }

    /** Accepts no more calls and waits up to 25 seconds for running ones. A second call does nothing. */
    @Override
    public void close() {
        if (server.isShutdown()) {
            return;
        }
        lifecycle.draining();
        log.info("stopping: waiting for %d calls in progress".formatted(lifecycle.running()));
        services.terminate();
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("aborting %d calls that did not finish within %d seconds"
                        .formatted(lifecycle.running(), DRAIN_TIMEOUT.toSeconds()));
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executors.stop();
        monitoring.ifPresent(MonitoringPort::close);
        log.info("stopped");
    }
}
