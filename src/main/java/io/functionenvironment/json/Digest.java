package io.functionenvironment.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** Hashes. */
public final class Digest {
    private static final int BYTES = 8;

    private Digest() {}

    /**
     * A short hash of a JSON value: the first 8 bytes of a SHA-256 hash, in hexadecimal. Equal values have equal hashes; the order of
     * an object's keys does not count.
     */
    public static String of(Json value) {
        var digest = sha256();
        add(value, digest);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** The whole SHA-256 hash of a text in UTF-8, in hexadecimal. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void add(Json json, MessageDigest digest) {
        switch (json) {
            case Json.Obj(var fields) -> {
                text("{" + fields.size(), digest);
                new TreeMap<>(fields).forEach((key, value) -> {
                    text(key, digest);
                    add(value, digest);
                });
            }
            case Json.Arr(var items) -> {
                text("[" + items.size(), digest);
                items.forEach(item -> add(item, digest));
            }
            case Json.Text(var value) -> text("\"" + value, digest);
            case Json.Num(var value) -> text("#" + value, digest);
            case Json.Bool(var value) -> text("?" + value, digest);
            case Json.Null() -> text("0", digest);
        }
    }

    /** Adds a text after its length, so that different sequences of texts never yield the same bytes. */
    private static void text(String text, MessageDigest digest) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
