package io.functionenvironment.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.HexFormat;

/** A TLS ClientHello, built by hand, because Java no longer offers versions below 1.2. */
final class ClientHello {
    private static final int HANDSHAKE = 0x16;
    private static final int SECONDS = 20;

    /** For RSA certificates: ECDHE with AES-GCM for TLS 1.2, and CBC, with and without ECDHE, for older versions. */
    private static final String CIPHERS = "c02f c030 c013 c014 002f 0035".replace(" ", "");

    /** supported_groups, ec_point_formats, signature_algorithms, and ALPN for h2. */
    private static final String EXTENSIONS =
            "000a 0006 0004 0017 0018 | 000b 0002 01 00 | 000d 000a 0008 0401 0501 0601 0201 | 0010 0005 0003 02 6832"
                    .replaceAll("[ |]", "");

    private ClientHello() {}

    /** Whether a server continues the handshake in the offered version. */
    static boolean isAccepted(int port, int version) throws IOException {
        try (var socket = new Socket(RunningProgram.HOST, port)) {
            socket.setSoTimeout(SECONDS * 1000);
            socket.getOutputStream().write(record(hello(version)));
            return socket.getInputStream().read() == HANDSHAKE;
        } catch (java.net.SocketException closed) {
            return false;
        }
    }

    private static byte[] hello(int version) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(number(version, 2));
        body.writeBytes(new byte[32]);
        body.write(0);
        body.writeBytes(counted(CIPHERS));
        body.writeBytes(new byte[] {1, 0});
        body.writeBytes(counted(EXTENSIONS));
        var hello = new ByteArrayOutputStream();
        hello.write(1);
        hello.writeBytes(number(body.size(), 3));
        hello.writeBytes(body.toByteArray());
        return hello.toByteArray();
    }

    private static byte[] record(byte[] message) {
        var record = new ByteArrayOutputStream();
        record.write(HANDSHAKE);
        record.writeBytes(number(0x0301, 2));
        record.writeBytes(number(message.length, 2));
        record.writeBytes(message);
        return record.toByteArray();
    }

    private static byte[] counted(String hex) {
        return HexFormat.of().parseHex("%04x".formatted(hex.length() / 2) + hex);
    }

    private static byte[] number(int value, int bytes) {
        return HexFormat.of().parseHex(("%0" + 2 * bytes + "x").formatted(value));
    }
}
