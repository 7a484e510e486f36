package io.functionenvironment.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plain HTTP for those that have no certificate of Crossplane's: {@code /livez} and {@code /readyz} for the kubelet,
 * {@code /metrics} for Prometheus. Nothing of a request can be seen here.
 */
public final class MonitoringPort implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private MonitoringPort(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the address is not to be had
     */
    public static MonitoringPort open(InetSocketAddress address, Lifecycle lifecycle, Metrics metrics)
            throws IOException {
        // Whoever reaches the port may send half a request. It must not keep the kubelet waiting, nor a socket for
        // long.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        System.setProperty("jdk.httpserver.maxConnections", "256");
        var server = HttpServer.create(address, 0);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, route(exchange, lifecycle, metrics)));
        server.start();
        return new MonitoringPort(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private record Answer(int status, Metrics.Page page) {
        static Answer text(int status, String line) {
            return new Answer(status, new Metrics.Page(TEXT, line + "\n"));
        }
    }

    private static Answer route(HttpExchange exchange, Lifecycle lifecycle, Metrics metrics) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            return Answer.text(405, "only GET and HEAD are allowed");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/livez" ->
                lifecycle
                        .stuck(System.nanoTime())
                        .map(time -> Answer.text(503, "a call has been running for " + time.toSeconds() + " s"))
                        .orElseGet(() -> Answer.text(200, "alive"));
            case "/readyz" -> {
                var phase = lifecycle.phase();
                yield Answer.text(phase == Lifecycle.Phase.READY ? 200 : 503, phase.words);
            }
            case "/metrics" ->
                new Answer(200, metrics.page(exchange.getRequestHeaders().getFirst("Accept")));
            default -> Answer.text(404, "there are /livez, /readyz and /metrics");
        };
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            var body = answer.page.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.page.type());
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status, -1);
            } else {
                exchange.sendResponseHeaders(answer.status, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
