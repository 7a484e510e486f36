package io.functionenvironment.json;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Tabs between tokens, as behind {@code a:} and {@code ---}, which kubectl reads as spaces, and snakeyaml refuses. */
final class YamlTabs {
    /** What may stand before a tab that kubectl refuses too, because it could be an indentation. */
    private static final Pattern INDENTATION = Pattern.compile("(?!---)[-?: \t]*");

    private YamlTabs() {}

    /** A text with spaces in place of the tabs at which reading failed; empty if it did not fail at a tab that is allowed. */
    static Optional<String> replaced(String text, @Nullable Mark mark) {
        if (mark == null || mark.getIndex() > text.length()) {
            return Optional.empty();
        }
        var at = text.offsetByCodePoints(0, mark.getIndex());
        var end = at;
        while (end < text.length() && text.charAt(end) == '\t') {
            end++;
        }
        var before = text.substring(Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1, at);
        return end == at || INDENTATION.matcher(before).matches()
                ? Optional.empty()
                : Optional.of(text.substring(0, at) + " ".repeat(end - at) + text.substring(end));
    }
}
