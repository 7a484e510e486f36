package io.functionenvironment.preview;

import io.functionenvironment.preview.TimelineEntry.Mark;

/**
 * How text may look.
 *
 * @param colour whether a person looks at it
 * @param unicode whether the place it goes to can show more than ASCII
 */
public record Style(boolean colour, boolean unicode) {
    public static final Style PLAIN = new Style(false, false);

    String sign(Mark mark) {
        return switch (mark) {
            case CREATED -> "+";
            case CHANGED -> "~";
            case REMOVED -> "-";
            case WAITS -> unicode ? "…" : ".";
            case COMES -> unicode ? "·" : ":";
            case FAILS -> "!";
            case READY -> unicode ? "✓" : "*";
            case CONDITION -> "=";
            case SUMMARY -> ">";
        };
    }

    String paint(Mark mark, String text) {
        return switch (mark) {
            case CREATED, READY -> paint("32", text);
            case CHANGED, REMOVED -> paint("33", text);
            case WAITS, COMES -> paint("2", text);
            case FAILS -> paint("31", text);
            case CONDITION -> text;
            case SUMMARY -> paint("1", text);
        };
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The text with only such characters as can be shown. */
    String fit(String text) {
        return unicode ? text : text.replace("…", "...").replaceAll("[^\\p{ASCII}]", "?");
    }
}
