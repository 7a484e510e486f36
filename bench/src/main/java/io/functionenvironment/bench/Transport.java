package io.functionenvironment.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The transport of calls.
 *
 * @param certificates a directory with tls.crt, tls.key and ca.crt, which both sides use; empty without TLS
 */
record Transport(String name, Optional<Path> certificates) {
    private static final int MAX_MESSAGE_SIZE = 16 * 1024 * 1024;
    private static final String PASSWORD = "changeit";
    private static final List<String> GENERATE_KEY = List.of(
            ("-genkeypair -alias tls -keyalg RSA -keysize 2048 -dname CN=localhost -ext SAN=dns:localhost -ext BC=ca:true"
                            + " -validity 30")
                    .split(" ", -1));

    static Transport plain() {
        return new Transport("plain", Optional.empty());
    }

    /** With an RSA key of Crossplane's size; one self-signed certificate is authority, server and client. */
    static Transport mutualTls(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        var store = directory.resolve("store.p12");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(GENERATE_KEY);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool makes no certificate: " + said);
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(
                directory.resolve("tls.key"),
                "PRIVATE KEY",
                keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
        pem(
                directory.resolve("tls.crt"),
                "CERTIFICATE",
                keys.getCertificate("tls").getEncoded());
        pem(
                directory.resolve("ca.crt"),
                "CERTIFICATE",
                keys.getCertificate("tls").getEncoded());
        return new Transport("mutual TLS", Optional.of(directory));
    }

    /** One connection, as Crossplane has it. */
    ManagedChannel connect(int port) throws IOException {
        var builder = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_SIZE)
                .overrideAuthority("localhost");
        if (certificates.isEmpty()) {
            return builder.usePlaintext().build();
        }
        var directory = certificates.get();
        return builder.sslContext(GrpcSslContexts.forClient()
                        .keyManager(
                                directory.resolve("tls.crt").toFile(),
                                directory.resolve("tls.key").toFile())
                        .trustManager(directory.resolve("ca.crt").toFile())
                        .build())
                .build();
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
    }
}
