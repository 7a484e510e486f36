package io.functionenvironment.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An HTTP client, as a kubelet or Prometheus. */
record Http(int port) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    static Http of(FunctionServer server) {
        return new Http(server.monitoringPort().orElseThrow());
    }

    HttpResponse<String> send(String method, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Status and text. */
    String get(String path) {
        var response = send("GET", path);
        return response.statusCode() + " " + response.body().strip();
    }

    /** Waits for a value, because a client may have its response before the server has counted the end of the call. */
    void until(double value, String line) throws InterruptedException {
        while (metric(line) != value) {
            Thread.sleep(5);
        }
    }

    /** The value of a metric, given by its name and labels as in the page; NaN if there is none. */
    double metric(String line) {
        return send("GET", "/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }
}
