package io.functionenvironment.training;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/** A self-signed certificate with its key, which serves as authority, server certificate and client certificate at once. */
record Identity(PrivateKey key, X509Certificate certificate) {
    private static final String ALIAS = "training";
    private static final char[] PASSWORD = ALIAS.toCharArray();

    /** The length of the PKCS#8 header of an RSA key of 2048 bits; the rest is PKCS#1, the form in which Crossplane writes keys. */
    private static final int PKCS8_HEADER = 26;

    static Identity read(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        if (store.getEntry(ALIAS, new KeyStore.PasswordProtection(PASSWORD)) instanceof KeyStore.PrivateKeyEntry entry
                && entry.getCertificate() instanceof X509Certificate certificate) {
            return new Identity(entry.getPrivateKey(), certificate);
        }
        throw new IOException("cannot use %s: it contains no key named %s".formatted(file, ALIAS));
    }

    /** Writes tls.key, tls.crt and ca.crt, and returns the directory. */
    Path write(Path directory) throws IOException, GeneralSecurityException {
        var encoded = key.getEncoded();
        Files.createDirectories(directory);
        pem(directory.resolve("tls.key"), "RSA PRIVATE KEY", Arrays.copyOfRange(encoded, PKCS8_HEADER, encoded.length));
        pem(directory.resolve("tls.crt"), "CERTIFICATE", certificate.getEncoded());
        pem(directory.resolve("ca.crt"), "CERTIFICATE", certificate.getEncoded());
        return directory;
    }

    /** A client context with the JDK's TLS, which the server uses too. */
    SslContext tls() throws IOException {
        var builder = SslContextBuilder.forClient().keyManager(key, certificate).trustManager(certificate);
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file,
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines),
                StandardCharsets.US_ASCII);
    }

    /** Contains the subject, never the key. */
    @Override
    public String toString() {
        return "identity " + certificate.getSubjectX500Principal();
    }
}
