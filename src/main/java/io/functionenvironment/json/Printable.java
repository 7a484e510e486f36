package io.functionenvironment.json;

import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * Texts that people read, without characters that change how a terminal or a log shows the text around them: control and escape
 * characters, changes of the writing direction, and halves of surrogate pairs.
 */
public final class Printable {
    private static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cc}&&[^\\n]]|[\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff]|\\p{Cs}");

    private Printable() {}

    /** The text with a question mark for each such character, and a space for a tab. Ends of lines stay. */
    public static String of(String text) {
        for (var i = 0; i < text.length(); i++) {
            var here = text.charAt(i);
            if ((here < ' ' && here != '\n') || here > '~') {
                return UNSAFE.matcher(text.replace("\r\n", "\n").replace('\t', ' '))
                        .replaceAll("?");
            }
        }
        return text;
    }

    /** The text on one line. */
    public static String line(String text) {
        return of(text).replace('\n', ' ');
    }

    /** A value in which all texts are printable; keys are the function's own. */
    public static Json of(Json json) {
        return switch (json) {
            case Json.Obj object -> of(object);
            case Json.Arr(var items) ->
                new Json.Arr(items.stream().map(Printable::of).toList());
            case Json.Text(var text) -> new Json.Text(of(text));
            case Json.Num ignored -> json;
            case Json.Bool ignored -> json;
            case Json.Null ignored -> json;
        };
    }

    public static Json.Obj of(Json.Obj object) {
        var fields =
                LinkedHashMap.<String, Json>newLinkedHashMap(object.fields().size());
        object.fields().forEach((key, value) -> fields.put(key, of(value)));
        return new Json.Obj(fields);
    }
}
