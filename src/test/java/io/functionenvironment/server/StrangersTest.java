package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections of clients without a certificate. */
@Timeout(60)
class StrangersTest {
    private static final String HOST = "function-environment.crossplane-system";
    private static final int MANY = 500;

    private final CrossplaneCertificates crossplane = new CrossplaneCertificates();

    @TempDir
    Path folder;

    @Test
    void manyConnectionsWithoutACertificateCloseOnlyOneAnother() throws Exception {
        var ofServer = crossplane.server(Files.createDirectory(folder.resolve("server")), HOST);
        var ofClient = crossplane.client(Files.createDirectory(folder.resolve("client")));
        var log = new ByteArrayOutputStream();
        var strangers = new ArrayList<Socket>();
        try (var server = FunctionServer.start(
                Served.options(new Address("", 0), new MutualTls(ofServer)),
                Requests::passOn,
                new PrintStream(log, true, StandardCharsets.UTF_8))) {
            for (var i = 0; i < MANY; i++) {
                var address = InetAddress.getByName("127.0.0.2");
                strangers.add(new Socket("127.0.0.1", server.port(), address, 0));
            }
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .sslContext(CrossplaneClient.tls(ofServer.resolve("ca.crt"), Optional.of(ofClient), "TLSv1.3"))
                    .overrideAuthority(HOST)
                    .build();
            var answer = FunctionRunnerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .runFunction(Requests.request());
            assertEquals("tag-1", answer.getMeta().getTag());
            var open = 0;
            for (var socket : strangers) {
                open += isOpen(socket) ? 1 : 0;
            }
            var left = open;
            assertTrue(left <= 64, () -> left + " connections without a certificate are open");
            channel.shutdownNow();
            var lines = log.toString(StandardCharsets.UTF_8);
            assertTrue(lines.lines().count() < 10, lines);
        } finally {
            for (var socket : strangers) {
                socket.close();
            }
        }
    }

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException waiting) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
