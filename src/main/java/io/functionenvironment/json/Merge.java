package io.functionenvironment.json;

import io.functionenvironment.json.Json.Null;
import io.functionenvironment.json.Json.Obj;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Lays one object over another, as Helm does with values: objects key by key, everything else whole, null removes. */
public final class Merge {
    private Merge() {}

    public static Obj over(Obj below, Obj above) {
        if (above.isEmpty()) {
            return below;
        }
        if (below.isEmpty()) {
            return above;
        }
        var merged = new LinkedHashMap<>(below.fields());
        above.fields().forEach((key, value) -> {
            if (value instanceof Null) {
                merged.remove(key);
            } else if (value instanceof Obj over && below.fields().get(key) instanceof Obj under) {
                merged.put(key, over(under, over));
            } else {
                merged.put(key, value);
            }
        });
        return new Obj(merged);
    }

    /** An object in which a path holds this and nothing else of before; or nothing, if it is empty. */
    public static Obj replaced(Obj object, Optional<Json> value, String... path) {
        var without = object.at(path).isPresent() ? over(object, nested(new Null(), path)) : object;
        return value.map(kept -> over(without, nested(kept, path))).orElse(without);
    }

    private static Obj nested(Json value, String... path) {
        var inner = value;
        for (var i = path.length - 1; i >= 0; i--) {
            inner = Json.obj(Json.field(path[i], inner));
        }
        return (Obj) inner;
    }
}
