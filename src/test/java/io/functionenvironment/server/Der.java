package io.functionenvironment.server;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The parts of DER, the encoding of certificates and keys, that the tests need. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... items) {
        return element(0x30, items);
    }

    static byte[] set(byte[]... items) {
        return element(0x31, items);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    /** An object identifier by the hexadecimal digits of its encoding. */
    static byte[] oid(String hex) {
        return element(0x06, HexFormat.of().parseHex(hex));
    }

    static byte[] printable(String text) {
        return element(0x13, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] utcTime(String text) {
        return element(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] octets(byte[]... content) {
        return element(0x04, content);
    }

    static byte[] bits(byte[] content) {
        return element(0x03, new byte[1], content);
    }

    static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() < 0x80) {
            element.write(content.size());
        } else if (content.size() < 0x100) {
            element.write(0x81);
            element.write(content.size());
        } else {
            element.write(0x82);
            element.write(content.size() >> 8);
            element.write(content.size());
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
