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
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(directory.resolve("ca.crt"));
        assertEquals("cannot read %s: there is no such file".formatted(directory.resolve("ca.crt")), refusal());
    }

    @Test
    void saysWhichFileHasNoCertificate() throws IOException {
        Files.writeString(directory.resolve("tls.crt"), "");
        assertEquals("cannot use %s: it has no certificate".formatted(directory.resolve("tls.crt")), refusal());
        Files.writeString(directory.resolve("tls.crt"), "nonsense");
        assertEquals(
                "cannot use %s: it has no PEM certificates that can be read".formatted(directory.resolve("tls.crt")),
                refusal());
    }

    @Test
    void refusesTheKeyOfAnother() throws IOException {
        Files.writeString(directory.resolve("tls.key"), pem("RSA PRIVATE KEY", pkcs1(Keys.rsa())));
        assertEquals(
                "cannot use %s: it is not the key of the certificate in tls.crt"
                        .formatted(directory.resolve("tls.key")),
                refusal());
    }

    @Test
    void knowsWhichKeysBelongTogetherOfWhateverKind() throws GeneralSecurityException {
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
    void saysWhatIsWrongWithAKeyAndNeverQuotesIt() throws IOException {
        var file = directory.resolve("tls.key");
        Files.writeString(file, "");
        assertEquals("cannot use %s: it has no PEM block of a private key".formatted(file), refusal());
        Files.writeString(file, pem("EC PRIVATE KEY", new byte[] {1}));
        assertEquals(
                "cannot use %s: it has a block EC PRIVATE KEY, where PRIVATE KEY and RSA PRIVATE KEY are understood"
                        .formatted(file),
                refusal());
        Files.writeString(file, pem("PRIVATE KEY", "hunter2".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(
                "cannot use %s: its private key is damaged, or none of [RSA, EC, EdDSA]".formatted(file), refusal());
    }

    @Test
    void neverPrintsTheKey() throws IOException {
        var certificates = Certificates.of(CertificateFiles.read(directory));
        assertFalse(certificates.toString().contains(certificates.key().toString()));
    }

    private String refusal() {
        return String.valueOf(assertThrows(IOException.class, () -> Certificates.of(CertificateFiles.read(directory)))
                .getMessage());
    }
}
