package io.functionenvironment.api.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells one composite from another, of whatever kind: the platform may have copied our XRD under its own name.
 *
 * @param hash eight hexadecimal digits that stand for this composite in names and labels. Part of the API: it never changes
 */
public record Identity(String group, String kind, String namespace, String name, String hash) {

    public Identity(String group, String kind, String namespace, String name) {
        this(group, kind, namespace, name, hash(group, kind, namespace, name));
    }

    private static String hash(String group, String kind, String namespace, String name) {
        var text = String.join("/", group, kind, namespace, name);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
