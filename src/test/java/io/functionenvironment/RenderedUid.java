package io.functionenvironment;

import io.functionenvironment.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The uid that {@code crossplane composition render} gives to a composite that has none: a version 5 UUID of its type,
 * namespace and name (Crossplane 2.3.4, {@code internal/render/composite}). The observed resources of an example name it as
 * their controller.
 */
final class RenderedUid {
    private RenderedUid() {}

    static String of(Json composite) {
        var text = "%s, Kind=%s\0%s\0%s"
                .formatted(
                        composite.text("apiVersion").orElse(""),
                        composite.text("kind").orElse(""),
                        composite.text("metadata", "namespace").orElse(""),
                        composite.text("metadata", "name").orElse(""));
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(new byte[16]);
            var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x50);
            bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
            var hex = HexFormat.of().formatHex(bytes, 0, 16);
            return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
