package io.functionenvironment.api.app;

/** A text in the syntax of {@code helm --set}, read part by part. A backslash takes the meaning from the character behind it. */
final class StrvalsText {
    static final char END = 0;

    private final String text;
    private int at;
    private int start;
    private char stop = END;

    StrvalsText(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Where it is read from next. */
    int at() {
        return at;
    }

    /** Where the last part begins. */
    int start() {
        return start;
    }

    /** What ended the last part. */
    char stop() {
        return stop;
    }

    /** Skips a character, if it is the next one. */
    boolean skip(char expected) {
        var found = at < text.length() && text.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    /** The text up to one of some characters, which is skipped, or up to the end. */
    String until(String stops) {
        var part = new StringBuilder();
        start = at;
        stop = END;
        while (at < text.length()) {
            var here = text.charAt(at);
            at++;
            if (stops.indexOf(here) >= 0) {
                stop = here;
                break;
            }
            if (here != '\\') {
                part.append(here);
            } else if (at < text.length()) {
                part.append(text.charAt(at));
                at++;
            }
        }
        return part.toString();
    }
}
