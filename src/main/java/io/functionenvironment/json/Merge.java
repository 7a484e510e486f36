package io.functionenvironment.json;

import io.functionenvironment.json.Json.Null;
import io.functionenvironment.json.Json.Obj;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Merges objects key by key; other values replace. */
public final class Merge {
    private Merge() {}

    /** Merges one object over another: where both have a value, the one above wins. A null above removes the key. */
    public static Obj over(Obj below, Obj above) {
        return over(below, above, false);
    }

    /**
     * Merges Helm values as {@code helm -f below -f above} does. A null above stays: it removes the chart's own default.
     */
    public static Obj values(Obj below, Obj above) {
        return over(below, above, true);
    }

    private static Obj over(Obj below, Obj above, boolean keepNulls) {
        if (above.isEmpty()) {
            return below;
        }
        if (below.isEmpty()) {
            return above;
        }
        var merged = new LinkedHashMap<>(below.fields());
        above.fields().forEach((key, value) -> {
            if (value instanceof Null && !keepNulls) {
                merged.remove(key);
            } else if (value instanceof Obj over && below.fields().get(key) instanceof Obj under) {
                merged.put(key, over(under, over, keepNulls));
            } else {
                merged.put(key, value);
            }
        });
        return new Obj(merged);
    }

    /**
     * The object with the value at a path replaced as a whole.
     *
     * @param value empty removes the path
     */
    public static Obj replaced(Obj object, Optional<Json> value, String... path) {
        var without = object.at(path).isPresent() ? over(object, nested(new Null(), path)) : object;
        return value.map(some -> over(without, nested(some, path))).orElse(without);
    }

    private static Obj nested(Json value, String... path) {
        var nested = value;
        for (var i = path.length - 1; i >= 0; i--) {
            nested = Json.obj(Json.field(path[i], nested));
        }
        return (Obj) nested;
    }
}
