package io.functionenvironment.json;

/** Shortens and redacts input for error messages: these appear in conditions and events, which many people can read. */
public final class Redaction {
    private static final int MAX_LENGTH = 80;

    private Redaction() {}

    /**
     * The beginning of a text, in quotes. A text with an {@code @}, as in {@code user:password@host}, and an address with a
     * query, as in {@code https://host/?token=password}, are not shown.
     */
    public static String of(String text) {
        return mayContainPassword(text)
                ? "a text with '" + (text.contains("@") ? "@" : "?") + "' (not shown: it may contain a password)"
                : "\"" + truncated(text) + "\"";
    }

    /** A key as part of a path: truncated, and not shown if it may contain a password. */
    public static String key(String key) {
        return key.isEmpty() ? "\"\"" : mayContainPassword(key) ? "…" : truncated(key);
    }

    private static boolean mayContainPassword(String text) {
        return text.contains("@") || (text.contains("://") && text.contains("?"));
    }

    /** Does not split a surrogate pair. */
    private static String truncated(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 2)) ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
        return text.substring(0, end) + "…";
    }
}
