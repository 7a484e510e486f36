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
 * How calls travel.
 *
 * @param certificates a folder with tls.crt, tls.key and ca.crt, which both sides use; none where nothing is encrypted
 */
record Transport(String name, Optional<Path> certificates) {
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final String PASSWORD = "changeit";
    private static final List<String> MAKE = List.of(
            ("-genkeypair -alias tls -keyalg RSA -keysize 2048 -dname CN=localhost -ext SAN=dns:localhost -ext BC=ca:true"
                            + " -validity 30")
                    .split(" ", -1));

    static Transport plain() {
        return new Transport("plain", Optional.empty());
    }

    /** With RSA as Crossplane makes it; one certificate that signs itself is authority, server and client in one. */
    static Transport mutualTls(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var store = folder.resolve("store.p12");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(MAKE);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool makes no certificate: " + said);
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(
                folder.resolve("tls.key"),
                "PRIVATE KEY",
                keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
        pem(folder.resolve("tls.crt"), "CERTIFICATE", keys.getCertificate("tls").getEncoded());
        pem(folder.resolve("ca.crt"), "CERTIFICATE", keys.getCertificate("tls").getEncoded());
        return new Transport("mutual TLS", Optional.of(folder));
    }

    /** One connection, as Crossplane has it. */
    ManagedChannel connect(int port) throws IOException {
        var builder = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .directExecutor()
                .maxInboundMessageSize(MOST_BYTES)
                .overrideAuthority("localhost");
        if (certificates.isEmpty()) {
            return builder.usePlaintext().build();
        }
        var folder = certificates.get();
        return builder.sslContext(GrpcSslContexts.forClient()
                        .keyManager(
                                folder.resolve("tls.crt").toFile(),
                                folder.resolve("tls.key").toFile())
                        .trustManager(folder.resolve("ca.crt").toFile())
                        .build())
                .build();
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
    }
}
