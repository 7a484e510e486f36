package io.functionenvironment.server;

import static io.functionenvironment.server.Keys.pem;
import static io.functionenvironment.server.Keys.pkcs1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.functionenvironment.server.tls.PrivateKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading certificates and keys. */
class CertificatesTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        new CrossplaneCertificates().server(directory, "function");
    }

    @Test
    void readsWhatCrossplaneWrites() throws IOException {
        var certificates = Certificates.of(CertificateFiles.read(directory));
        assertEquals("PKCS#8", certificates.key().getFormat());
        assertEquals(1, certificates.chain().size());
        assertEquals(1, certificates.authorities().size());
    }

    @Test
    void readsEveryFormOfKey() throws GeneralSecurityException {
        var rsa = Keys.rsa();
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var curve = generator.generateKeyPair();
        assertEquals(rsa.getPrivate(), PrivateKeys.parse(pem("RSA PRIVATE KEY", pkcs1(rsa))));
        assertEquals(
                rsa.getPrivate(),
                PrivateKeys.parse(pem("PRIVATE KEY", rsa.getPrivate().getEncoded())));
        assertEquals(
                curve.getPrivate(),
                PrivateKeys.parse(pem("PRIVATE KEY", curve.getPrivate().getEncoded())));
    }

    @Test
    void namesTheMissingFile() throws IOException {
        Files.delete(directory.resolve("ca.crt"));
        assertEquals("cannot read %s: no such file".formatted(directory.resolve("ca.crt")), readError());
    }

    @Test
    void namesTheFileWithoutACertificate() throws IOException {
        Files.writeString(directory.resolve("tls.crt"), "");
        assertEquals("cannot use %s: it contains no certificate".formatted(directory.resolve("tls.crt")), readError());
        Files.writeString(directory.resolve("tls.crt"), "nonsense");
        assertEquals(
                "cannot use %s: it contains no readable PEM certificate".formatted(directory.resolve("tls.crt")),
                readError());
    }

    @Test
    void rejectsAKeyThatDoesNotBelongToTheCertificate() throws IOException {
        Files.writeString(directory.resolve("tls.key"), pem("RSA PRIVATE KEY", pkcs1(Keys.rsa())));
        assertEquals(
                "cannot use %s: it does not belong to the certificate in tls.crt"
                        .formatted(directory.resolve("tls.key")),
                readError());
    }

    @Test
    void recognizesKeyPairsOfEveryAlgorithm() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var one = generator.generateKeyPair();
        var other = generator.generateKeyPair();
        var rsa = Keys.rsa();
        assertTrue(PrivateKeys.belong(one.getPrivate(), one.getPublic()));
        assertTrue(PrivateKeys.belong(rsa.getPrivate(), rsa.getPublic()));
        assertFalse(PrivateKeys.belong(one.getPrivate(), other.getPublic()));
        assertFalse(PrivateKeys.belong(rsa.getPrivate(), one.getPublic()));
    }

    @Test
    void explainsAnInvalidKeyWithoutQuotingIt() throws IOException {
        var file = directory.resolve("tls.key");
        Files.writeString(file, "");
        assertEquals("cannot use %s: it contains no PEM private key".formatted(file), readError());
        Files.writeString(file, pem("EC PRIVATE KEY", new byte[] {1}));
        assertEquals(
                "cannot use %s: its PEM block is EC PRIVATE KEY; supported are PRIVATE KEY and RSA PRIVATE KEY"
                        .formatted(file),
                readError());
        Files.writeString(file, pem("PRIVATE KEY", "hunter2".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(
                "cannot use %s: its private key is damaged or not one of [RSA, EC, EdDSA]".formatted(file),
                readError());
    }

    @Test
    void neverContainsTheKeyInItsText() throws IOException {
        var certificates = Certificates.of(CertificateFiles.read(directory));
        assertFalse(certificates.toString().contains(certificates.key().toString()));
    }

    private String readError() {
        return String.valueOf(assertThrows(IOException.class, () -> Certificates.of(CertificateFiles.read(directory)))
                .getMessage());
    }
}
