package io.functionenvironment.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The certificates of the server and the authorities that it trusts.
 *
 * @param chain the server's certificate first
 * @param authorities that sign the certificates of clients
 */
public record Certificates(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {

    /**
     * Parses the files.
     *
     * @throws IOException if a file is invalid; the message names it and the problem
     */
    public static Certificates of(CertificateFiles files) throws IOException {
        var keyFile = files.directory().resolve(CertificateFiles.KEY);
        var chain = certificates(files.directory().resolve(CertificateFiles.CHAIN), files.chain());
        var key = key(keyFile, files.key());
        if (!PrivateKeys.belong(key, chain.getFirst().getPublicKey())) {
            throw new IOException("cannot use %s: it does not belong to the certificate in %s"
                    .formatted(keyFile, CertificateFiles.CHAIN));
        }
        return new Certificates(
                key, chain, certificates(files.directory().resolve(CertificateFiles.AUTHORITIES), files.authorities()));
    }

    /** Whether the server's certificate is valid at a time. */
    public boolean valid(Instant now) {
        var certificate = chain.getFirst();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** The earliest expiry of some certificates, of which there must be one. */
    public static Instant expiry(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static PrivateKey key(Path file, String text) throws IOException {
        try {
            return PrivateKeys.parse(text);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<X509Certificate> certificates(Path file, String text) throws IOException {
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
            var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("cannot use %s: it contains no certificate".formatted(file));
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use %s: it contains no readable PEM certificate".formatted(file), e);
        }
    }

    /** Contains the subject, never the key. */
    @Override
    public String toString() {
        return "certificates of " + chain.getFirst().getSubjectX500Principal();
    }
}
