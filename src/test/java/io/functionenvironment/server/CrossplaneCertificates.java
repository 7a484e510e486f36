package io.functionenvironment.server;

import static io.functionenvironment.server.Der.bits;
import static io.functionenvironment.server.Der.element;
import static io.functionenvironment.server.Der.integer;
import static io.functionenvironment.server.Der.octets;
import static io.functionenvironment.server.Der.oid;
import static io.functionenvironment.server.Der.printable;
import static io.functionenvironment.server.Der.sequence;
import static io.functionenvironment.server.Der.set;
import static io.functionenvironment.server.Der.utcTime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.HexFormat;

/**
 * An authority and the certificates that Crossplane issues with it: all have the same serial number, the same name for
 * subject and issuer, a country that is longer than allowed, and keys as PKCS#1.
 */
public final class CrossplaneCertificates {
    private static final byte[] SHA256_WITH_RSA =
            sequence(oid("2a864886f70d01010b"), HexFormat.of().parseHex("0500"));
    private static final byte[] EARTHLING = sequence(
            attribute("550406", "Earth"),
            attribute("550408", "Earth"),
            attribute("550407", "Earth"),
            attribute("55040a", "Crossplane"),
            attribute("550403", "Crossplane"));
    private static final byte[] TRUE = HexFormat.of().parseHex("0101ff");
    private static final String SERVER_AUTH = "2b06010505070301";
    private static final String CLIENT_AUTH = "2b06010505070302";

    private final KeyPair authority = Keys.rsa();
    private final byte[] authorityCertificate = certificate(
            authority, extension("551d13", TRUE, sequence(TRUE)), extension("551d0f", TRUE, bits(new byte[] {4})));

    /** Writes tls.crt, tls.key and ca.crt of a function. */
    public Path server(Path directory, String host) throws IOException {
        return write(directory, SERVER_AUTH, host);
    }

    /** Writes tls.crt, tls.key and ca.crt of Crossplane. */
    public Path client(Path directory) throws IOException {
        return write(directory, CLIENT_AUTH, "crossplane.crossplane-system");
    }

    private Path write(Path directory, String usage, String host) throws IOException {
        var key = Keys.rsa();
        var name = element(0x82, host.getBytes(StandardCharsets.US_ASCII));
        var leaf = certificate(
                key,
                extension("551d25", new byte[0], sequence(oid(usage))),
                extension("551d11", new byte[0], sequence(name)));
        Files.writeString(directory.resolve("tls.crt"), Keys.pem("CERTIFICATE", leaf));
        Files.writeString(directory.resolve("tls.key"), Keys.pem("RSA PRIVATE KEY", Keys.pkcs1(key)));
        Files.writeString(directory.resolve("ca.crt"), Keys.pem("CERTIFICATE", authorityCertificate));
        return directory;
    }

    private byte[] certificate(KeyPair key, byte[]... extensions) {
        var content = sequence(
                element(0xa0, integer(2)),
                integer(2022),
                SHA256_WITH_RSA,
                EARTHLING,
                sequence(utcTime("250101000000Z"), utcTime("450101000000Z")),
                EARTHLING,
                key.getPublic().getEncoded(),
                element(0xa3, sequence(extensions)));
        return sequence(content, SHA256_WITH_RSA, bits(sign(content)));
    }

    private byte[] sign(byte[] content) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(authority.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] attribute(String type, String value) {
        return set(sequence(oid(type), printable(value)));
    }

    private static byte[] extension(String type, byte[] critical, byte[] value) {
        return sequence(oid(type), critical, octets(value));
    }
}
