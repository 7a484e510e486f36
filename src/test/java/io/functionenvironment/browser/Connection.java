package io.functionenvironment.browser;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands of the Chrome DevTools Protocol over a web socket. Events are ignored. */
final class Connection implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Map<Integer, CompletableFuture<Json>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;

    private Connection(String address) {
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .join();
    }

    static Connection to(String address) {
        return new Connection(address);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean complete) {
            message.append(part);
            if (complete) {
                var received = Yaml.documents(message.toString()).getFirst();
                message.setLength(0);
                received.number("id")
                        .flatMap(id -> Optional.ofNullable(pending.remove(id.intValue())))
                        .ifPresent(waiting -> waiting.complete(received));
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    /**
     * Sends a command and waits for its result.
     *
     * @param session of a tab; empty for the browser
     */
    Json send(Optional<String> session, String method, Json.Field... parameters) {
        var id = last.incrementAndGet();
        var answer = new CompletableFuture<Json>();
        pending.put(id, answer);
        var command = obj(
                field("id", id), text("sessionId", session), field("method", method), field("params", obj(parameters)));
        socket.sendText(Yaml.compact(command), true).join();
        try {
            var received = answer.get(SECONDS, TimeUnit.SECONDS);
            if (received.at("error").isPresent()) {
                throw new IllegalStateException(method + ": " + received.at("error"));
            }
            return received.object("result");
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(method + " has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " is interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
