package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Floods of small HTTP/2 frames end their own connection, and others are answered meanwhile. */
@Timeout(120)
class FloodTest {
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int END_HEADERS = 4;
    private static final int FRAMES = 50_000;

    /** A frame of a flood, by its number. */
    private interface Flood {
        void write(DataOutputStream out, int number) throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> othersAreAnsweredDuringAFlood() {
        Map<String, Flood> floods = Map.of(
                "calls that are reset at once",
                (out, number) -> {
                    frame(out, HEADERS, END_HEADERS, 2 * number + 1, headers());
                    frame(out, RESET, 0, 2 * number + 1, new byte[] {0, 0, 0, 8});
                },
                "pings",
                (out, number) -> frame(out, PING, 0, 0, new byte[8]),
                "settings",
                (out, number) -> frame(out, SETTINGS, 0, 0, new byte[0]));
        return floods.entrySet().stream()
                .map(flood -> DynamicTest.dynamicTest(flood.getKey(), () -> check(flood.getValue())));
    }

    private static void check(Flood flood) throws Exception {
        try (var served = Served.of(Requests::passOn);
                var socket = new Socket("localhost", served.server().port())) {
            var out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 14));
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            var flooding = Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < FRAMES; i++) {
                        flood.write(out, i);
                    }
                    out.flush();
                } catch (IOException closed) {
                    // As expected.
                }
            });
            for (var i = 0; i < 20; i++) {
                assertTimeout(
                        Duration.ofSeconds(5),
                        () -> assertEquals(Requests.passOn(Requests.request()), served.call(Requests.request())));
            }
            assertTrue(ended(socket), "the connection of the flood is open");
            flooding.join();
            assertTrue(served.log().lines().count() < 10, served.log());
        }
    }

    /** Reads what the server sends until it ends the connection. */
    private static boolean ended(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        var buffer = new byte[1 << 16];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {}
        } catch (SocketException reset) {
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        }
        return true;
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] content)
            throws IOException {
        out.writeByte(content.length >>> 16);
        out.writeShort(content.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(content);
    }

    /** POST /a/b with the headers that gRPC asks for, each as a literal that is not indexed. */
    private static byte[] headers() throws IOException {
        var block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, ":path", "/a/b");
        literal(block, ":authority", "localhost");
        literal(block, "content-type", "application/grpc");
        literal(block, "te", "trailers");
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }
}
