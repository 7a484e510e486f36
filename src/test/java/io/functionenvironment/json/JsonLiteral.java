package io.functionenvironment.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as tests write it: objects of alternating keys and values, without a type for each field. */
public final class JsonLiteral {
    private JsonLiteral() {}

    /** An object of alternating keys and values; see {@link #json} for what a value may be. Absent values are left out. */
    public static Json.Obj obj(Object... keysAndValues) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            var value = keysAndValues[i + 1];
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                value = optional.get();
            }
            fields.put((String) keysAndValues[i], json(value));
        }
        return new Json.Obj(fields);
    }

    public static Json.Arr arr(Object... items) {
        return (Json.Arr) json(List.of(items));
    }

    /** The JSON of a JSON value, text, number, boolean, map with text keys, or collection of these. */
    public static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> new Json.Text(text);
            case Number number -> new Json.Num(number.doubleValue());
            case Boolean bool -> new Json.Bool(bool);
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Json>();
                map.forEach((key, item) -> fields.put((String) key, json(item)));
                yield new Json.Obj(fields);
            }
            case Iterable<?> items -> {
                var list = new ArrayList<Json>();
                items.forEach(item -> list.add(json(item)));
                yield new Json.Arr(List.copyOf(list));
            }
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
        };
    }
}
