package io.functionenvironment.api.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What distinguishes one composite from all others. The group and the kind are part of it, because a platform may copy the XRD
 * under other names.
 *
 * @param hash 80 bits of a SHA-256 hash of the other fields, as 16 characters of lower-case base32. It identifies the composite
 *     in names and labels, and it is not feasible to find a second composite with the same hash. Part of the API: it never
 *     changes
 */
public record Identity(String group, String kind, String namespace, String name, String hash) {
    /** The number of characters of a hash. */
    public static final int HASH_LENGTH = 16;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    public Identity(String group, String kind, String namespace, String name) {
        this(group, kind, namespace, name, hash(group, kind, namespace, name));
    }

    /** No part contains a slash, so the joined texts of two composites always differ. */
    private static String hash(String group, String kind, String namespace, String name) {
        var text = String.join("/", group, kind, namespace, name);
        try {
            return base32(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder(HASH_LENGTH);
        for (var i = 0; i < HASH_LENGTH; i++) {
            var bit = i * BITS;
            var twoBytes = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
            text.append(ALPHABET.charAt(twoBytes >> (16 - BITS - bit % 8) & 31));
        }
        return text.toString();
    }
}
