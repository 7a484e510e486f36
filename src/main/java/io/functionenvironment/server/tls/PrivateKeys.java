package io.functionenvironment.server.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Reads private keys from PEM, as PKCS#8 or, for RSA, as PKCS#1. */
public final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** The PKCS#8 header of an RSA key: version 0 and the algorithm, rsaEncryption without parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

    private PrivateKeys() {}

    /**
     * Parses the first key in a PEM text.
     *
     * @throws GeneralSecurityException if there is none; the message never quotes the text
     */
    public static PrivateKey parse(String text) throws GeneralSecurityException {
        var found = PEM.matcher(text);
        if (!found.find()) {
            throw new GeneralSecurityException("it contains no PEM private key");
        }
        var content = content(found.group(2));
        return switch (found.group(1)) {
            case "PRIVATE KEY" -> ofPkcs8(content, List.of("RSA", "EC", "EdDSA"));
            case "RSA PRIVATE KEY" -> ofPkcs8(toPkcs8(content), List.of("RSA"));
            default ->
                throw new GeneralSecurityException(
                        "its PEM block is %s; supported are PRIVATE KEY and RSA PRIVATE KEY".formatted(found.group(1)));
        };
    }

    /** Whether a private and a public key of any algorithm form a pair: what one signs, the other verifies. */
    public static boolean belong(PrivateKey key, PublicKey certified) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(RSA);
            var signed = signature.sign();
            signature.initVerify(certified);
            signature.update(RSA);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    private static byte[] content(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("its private key is not base64");
        }
    }

    private static PrivateKey ofPkcs8(byte[] content, List<String> algorithms) throws GeneralSecurityException {
        var invalid = new GeneralSecurityException("its private key is damaged or not one of %s".formatted(algorithms));
        for (var algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (InvalidKeySpecException e) {
                invalid.addSuppressed(e);
            }
        }
        throw invalid;
    }

    /** Crossplane writes keys as PKCS#1, which Java cannot read: PKCS#8 is the same content behind a header. */
    private static byte[] toPkcs8(byte[] pkcs1) {
        var key = new ByteArrayOutputStream();
        key.writeBytes(RSA);
        key.writeBytes(element(OCTET_STRING, pkcs1));
        return element(SEQUENCE, key.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream(content.length + 4);
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            var bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            element.write(0x80 | bytes);
            for (var i = bytes - 1; i >= 0; i--) {
                element.write(content.length >>> (8 * i));
            }
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
