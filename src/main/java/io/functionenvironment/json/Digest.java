package io.functionenvironment.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** A few digits that stand for a tree: the same for equal trees, in whatever order their keys come. */
public final class Digest {
    private static final int BYTES = 8;

    private Digest() {}

    public static String of(Json tree) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(tree, digest);
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void add(Json tree, MessageDigest digest) {
        switch (tree) {
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

    /** With its length before it, so that no two sequences of texts are the same bytes. */
    private static void text(String text, MessageDigest digest) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
