package io.functionenvironment.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * Who we are to our callers, and whose callers we believe.
 *
 * @param chain our certificate first
 * @param authorities that sign the certificates of callers
 */
record Certificates(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {

    /**
     * Reads tls.crt, tls.key and ca.crt.
     *
     * @throws IOException with a sentence that names the file and what is wrong with it
     */
    static Certificates read(Path directory) throws IOException {
        var keyFile = directory.resolve("tls.key");
        var chainFile = directory.resolve("tls.crt");
        var chain = certificates(chainFile);
        var key = key(keyFile);
        if (key instanceof RSAKey ours
                && chain.getFirst().getPublicKey() instanceof RSAKey certified
                && !ours.getModulus().equals(certified.getModulus())) {
            throw new IOException("cannot use %s: it is not the key of the certificate in %s"
                    .formatted(keyFile, chainFile.getFileName()));
        }
        return new Certificates(key, chain, certificates(directory.resolve("ca.crt")));
    }

    private static PrivateKey key(Path file) throws IOException {
        try {
            return PrivateKeys.parse(new String(bytes(file), StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            var found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new IOException("cannot use %s: it has no certificate".formatted(file));
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use %s: it has no PEM certificates that can be read".formatted(file), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read %s: there is no such file".formatted(file), e);
        } catch (IOException e) {
            throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The certificates, never the key. */
    @Override
    public String toString() {
        return "certificates of " + chain.getFirst().getSubjectX500Principal();
    }
}
