package io.functionenvironment.json;

/** What somebody wrote, as far as it may be repeated: faults end up in conditions and events, which many may read. */
public final class Redaction {
    private static final int LONGEST = 80;

    private Redaction() {}

    /** The beginning of a text in quotes; of one that may hold credentials, as an address with an @ does, only that it is there. */
    public static String of(String text) {
        return secret(text) ? "text that is not shown, as it may hold a password" : "\"" + cut(text) + "\"";
    }

    /** Likewise for a key, as part of a path. */
    static String key(String key) {
        return secret(key) ? "…" : cut(key);
    }

    private static boolean secret(String text) {
        return text.contains("@");
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }
}
