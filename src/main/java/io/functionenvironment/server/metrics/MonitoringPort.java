package io.functionenvironment.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plain HTTP for clients without a certificate of Crossplane: {@code /livez} and {@code /readyz} for the kubelet,
 * {@code /metrics} for Prometheus. It exposes no content of requests.
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
     * Starts listening.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static MonitoringPort open(InetSocketAddress address, Lifecycle lifecycle, Metrics metrics)
            throws IOException {
        // A client that sends half a request must not block the kubelet, nor hold a socket for long. Seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        System.setProperty("jdk.httpserver.maxConnections", "256");
        var server = HttpServer.create(address, 0);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> respond(exchange, route(exchange, lifecycle, metrics)));
        server.start();
        return new MonitoringPort(server, threads);
    }

    /** The port; the actual one if the address has port 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    private record Response(int status, Metrics.Page page) {
        static Response text(int status, String line) {
            return new Response(status, new Metrics.Page(TEXT, line + "\n"));
        }
    }

    private static Response route(HttpExchange exchange, Lifecycle lifecycle, Metrics metrics) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            return Response.text(405, "method not allowed; use GET or HEAD");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/livez" ->
                lifecycle
                        .stuck(System.nanoTime())
                        .map(time -> Response.text(503, "a call has been running for " + time.toSeconds() + " s"))
                        .orElseGet(() -> Response.text(200, "alive"));
            case "/readyz" -> {
                var phase = lifecycle.phase();
                yield Response.text(phase == Lifecycle.Phase.READY ? 200 : 503, phase.text);
            }
            case "/metrics" ->
                new Response(200, metrics.page(exchange.getRequestHeaders().getFirst("Accept")));
            default -> Response.text(404, "not found; available are /livez, /readyz and /metrics");
        };
    }

    private static void respond(HttpExchange exchange, Response response) throws IOException {
        try (exchange) {
            var body = response.page.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", response.page.type());
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(response.status, -1);
            } else {
                exchange.sendResponseHeaders(response.status, body.length);
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
