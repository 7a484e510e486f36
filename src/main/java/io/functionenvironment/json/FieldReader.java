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

/**
 * A place in a document that is being read: where it is, what is there, and where to say what is wrong with it. A wrong
 * type counts as absent and is said, so that one reading names every fault.
 */
public final class FieldReader {
    private final String path;
    private final Json value;
    private final FieldErrors errors;

    private FieldReader(String path, Json value, FieldErrors errors) {
        this.path = path;
        this.value = value;
        this.errors = errors;
    }

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

    /** Whether there is such a field, even if it is null. */
    public boolean has(String key) {
        return value instanceof Obj(var fields) && fields.containsKey(key);
    }

    public void error(String message) {
        errors.add(new FieldError(path, message));
    }

    /** How many faults were said so far: by comparing two readings one learns whether a part is sound. */
    public int errors() {
        return errors.size();
    }

    public FieldReader field(String key) {
        var next = value instanceof Obj(var fields) && fields.get(key) instanceof Json tree ? tree : new Null();
        var name = Redaction.key(key);
        return new FieldReader(path.isEmpty() ? name : path + "." + name, next, errors);
    }

    /** Says so when this is no object, or has keys besides the known ones. */
    public FieldReader only(Set<String> known) {
        object().ifPresent(obj -> obj.fields().keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> field(key)
                        .error("unknown field; known here are "
                                + String.join(", ", known.stream().sorted().toList()))));
        return this;
    }

    public Optional<Obj> object() {
        return typed("an object", tree -> tree instanceof Obj obj ? obj : null);
    }

    public Optional<String> text() {
        return typed("text", tree -> tree instanceof Text(var text) ? text : null);
    }

    /** Text that matches a pattern as a whole; otherwise a fault says what is allowed. */
    public Optional<String> text(Pattern pattern, String allowed) {
        return text().filter(text -> {
            var matches = pattern.matcher(text).matches();
            if (!matches) {
                error("is " + Redaction.of(text) + ", must be " + allowed);
            }
            return matches;
        });
    }

    public Optional<Boolean> bool() {
        return typed("true or false", tree -> tree instanceof Bool(var bool) ? bool : null);
    }

    public Optional<Integer> integer(int least, int most) {
        return this.<Double>typed("a whole number", tree -> tree instanceof Num(var number) ? number : null)
                .filter(number -> {
                    var fits = number == Math.rint(number) && number >= least && number <= most;
                    if (!fits) {
                        var exact = number == Math.rint(number) && Math.abs(number) < 1L << 53;
                        error("is " + (exact ? String.valueOf(number.longValue()) : number)
                                + ", must be a whole number from " + least + " to " + most);
                    }
                    return fits;
                })
                .map(Double::intValue);
    }

    /** The items of a list, at most so many; none where there is no list. */
    public List<FieldReader> items(int most) {
        var items = this.<List<Json>>typed("a list", tree -> tree instanceof Arr(var list) ? list : null)
                .orElse(List.of());
        if (items.size() > most) {
            error("has " + items.size() + " items, may have " + most);
        }
        var cursors = new ArrayList<FieldReader>(items.size());
        for (var i = 0; i < items.size(); i++) {
            cursors.add(new FieldReader(path + "[" + i + "]", items.get(i), errors));
        }
        return cursors;
    }

    /** The entries of an object whose keys are names. */
    public Map<String, FieldReader> entries() {
        var entries = new LinkedHashMap<String, FieldReader>();
        object().ifPresent(obj -> obj.fields().keySet().stream().sorted().forEach(key -> entries.put(key, field(key))));
        return entries;
    }

    /** Says that something must be here, unless it is. */
    public FieldReader required(String what) {
        if (!present()) {
            error("is missing: " + what);
        }
        return this;
    }

    private <T> Optional<T> typed(String wanted, Function<Json, @org.jspecify.annotations.Nullable T> cast) {
        if (!present()) {
            return Optional.empty();
        }
        var cast0 = Optional.ofNullable(cast.apply(value));
        if (cast0.isEmpty()) {
            error("is " + value.kind() + ", must be " + wanted);
        }
        return cast0;
    }
}
