package io.functionenvironment.json;

import io.functionenvironment.json.Json.Arr;
import io.functionenvironment.json.Json.Bool;
import io.functionenvironment.json.Json.Null;
import io.functionenvironment.json.Json.Num;
import io.functionenvironment.json.Json.Obj;
import io.functionenvironment.json.Json.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of a document: its path, its value, and the collector of its errors. A value of the wrong type is reported
 * and then counts as absent, so that one reading reports every error.
 */
public final class FieldReader {
    /** As much as any pattern allows; a longer text is not compared with one. */
    private static final int LONGEST = 16_384;

    private final String path;
    private final Json value;
    private final FieldErrors errors;

    private FieldReader(String path, Json value, FieldErrors errors) {
        this.path = path;
        this.value = value;
        this.errors = errors;
    }

    /**
     * A reader of a field.
     *
     * @param errors receives the errors of this field and of all fields below it
     */
    public static FieldReader at(String path, Optional<Json> value, FieldErrors errors) {
        return new FieldReader(path, value.orElse(new Null()), errors);
    }

    public String path() {
        return path;
    }

    public Json value() {
        return value;
    }

    public boolean present() {
        return !(value instanceof Null);
    }

    /** Whether the key exists, even with the value null. */
    public boolean has(String key) {
        return value instanceof Obj(var fields) && fields.containsKey(key);
    }

    /** Reports an error of this field; see {@link FieldError} for the form of the message. */
    public void error(String message) {
        errors.add(new FieldError(path, message));
    }

    /** Reports an error of another field, by its whole path. */
    public void error(String other, String message) {
        errors.add(new FieldError(other, message));
    }

    /** The number of errors collected so far. If it is the same before and after a part is read, the part is valid. */
    public int errorCount() {
        return errors.size();
    }

    /** The field of a key, which may be absent. */
    public FieldReader field(String key) {
        var content = value instanceof Obj(var fields) && fields.get(key) instanceof Json json ? json : new Null();
        var name = Redaction.key(key);
        return new FieldReader(path.isEmpty() ? name : path + "." + name, content, errors);
    }

    /** Reports a value that is not an object, and every key that is not known. */
    public FieldReader only(Set<String> known) {
        object().ifPresent(obj -> obj.fields().keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> field(key)
                        .error("is an unknown field; known fields: "
                                + String.join(", ", known.stream().sorted().toList()))));
        return this;
    }

    public Optional<Obj> object() {
        return typed("an object", json -> json instanceof Obj obj ? obj : null);
    }

    public Optional<String> text() {
        return typed("a string", json -> json instanceof Text(var text) ? text : null);
    }

    /**
     * Text that matches a pattern as a whole.
     *
     * @param allowed what the pattern allows, in words, for the error otherwise
     */
    public Optional<String> text(Pattern pattern, String allowed) {
        return text(pattern, allowed, text -> Optional.empty());
    }

    /**
     * Likewise, with messages of their own for texts that people often write.
     *
     * @param reason the message for a text that does not match; empty for the general one
     */
    public Optional<String> text(Pattern pattern, String allowed, Function<String, Optional<String>> reason) {
        return text().filter(text -> {
            var matches = text.length() <= LONGEST && pattern.matcher(text).matches();
            if (!matches) {
                error(reason.apply(text.substring(0, Math.min(text.length(), LONGEST)))
                        .orElseGet(() -> "is " + Redaction.of(text) + "; must be " + allowed));
            }
            return matches;
        });
    }

    public Optional<Boolean> bool() {
        return typed("true or false", json -> json instanceof Bool(var bool) ? bool : null);
    }

    /** A whole number within bounds, both inclusive. */
    public Optional<Integer> integer(int min, int max) {
        return this.<Double>typed("a whole number", json -> json instanceof Num(var number) ? number : null)
                .filter(number -> {
                    var valid = number == Math.rint(number) && number >= min && number <= max;
                    if (!valid) {
                        var exact = number == Math.rint(number) && Math.abs(number) < 1L << 53;
                        error("is " + (exact ? String.valueOf(number.longValue()) : number)
                                + "; must be a whole number from " + min + " to " + max);
                    }
                    return valid;
                })
                .map(Double::intValue);
    }

    /** The items of a list, those beyond the number allowed left out with an error; none if there is no list. */
    public List<FieldReader> items(int max) {
        var items = this.<List<Json>>typed("a list", json -> json instanceof Arr(var list) ? list : null)
                .orElse(List.of());
        if (items.size() > max) {
            error("has " + items.size() + " items; must have at most " + max);
        }
        var count = Math.min(items.size(), max);
        var readers = new ArrayList<FieldReader>(count);
        for (var i = 0; i < count; i++) {
            readers.add(new FieldReader(path + "[" + i + "]", items.get(i), errors));
        }
        return readers;
    }

    /** The fields of an object by key, in alphabetical order; none if there is no object. */
    public Map<String, FieldReader> entries() {
        var entries = new LinkedHashMap<String, FieldReader>();
        object().ifPresent(obj -> obj.fields().keySet().stream().sorted().forEach(key -> entries.put(key, field(key))));
        return entries;
    }

    /**
     * Reports a field that is missing.
     *
     * @param allowed what it must be, in words
     */
    public FieldReader required(String allowed) {
        if (!present()) {
            error("is missing; must be " + allowed);
        }
        return this;
    }

    private <T> Optional<T> typed(String expected, Function<Json, @Nullable T> cast) {
        if (!present()) {
            return Optional.empty();
        }
        var typed = Optional.ofNullable(cast.apply(value));
        if (typed.isEmpty()) {
            // Without quotes, YAML reads 1.35 as a number, and true as a boolean.
            var unquoted = expected.equals("a string") && (value instanceof Num || value instanceof Bool);
            error("is " + value.kind() + "; must be " + expected + (unquoted ? ": write it in quotes" : ""));
        }
        return typed;
    }
}
