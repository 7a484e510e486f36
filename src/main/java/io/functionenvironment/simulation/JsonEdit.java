package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Copies of objects with one change. */
public final class JsonEdit {
    private JsonEdit() {}

    public static Json.Obj set(Json.Obj object, String value, String... path) {
        return set(object, new Json.Text(value), path);
    }

    public static Json.Obj set(Json.Obj object, double value, String... path) {
        return set(object, new Json.Num(value), path);
    }

    static Json.Obj set(Json.Obj object, long value, String... path) {
        return set(object, new Json.Num(value), path);
    }

    public static Json.Obj set(Json.Obj object, boolean value, String... path) {
        return set(object, new Json.Bool(value), path);
    }

    public static Json.Obj set(Json.Obj object, List<? extends Json> items, String... path) {
        return set(object, new Json.Arr(List.copyOf(items)), path);
    }

    /** The object with a value at a path. */
    public static Json.Obj set(Json.Obj object, Json value, String... path) {
        var fields = new LinkedHashMap<>(object.fields());
        var key = path[0];
        fields.put(
                key,
                path.length == 1 ? value : set(object.object(key), value, Arrays.copyOfRange(path, 1, path.length)));
        return new Json.Obj(fields);
    }

    /** The object without the value at a path. */
    public static Json.Obj remove(Json.Obj object, String... path) {
        if (object.at(path).isEmpty()) {
            return object;
        }
        var fields = new LinkedHashMap<>(object.fields());
        if (path.length == 1) {
            fields.remove(path[0]);
        } else {
            fields.put(path[0], remove(object.object(path[0]), Arrays.copyOfRange(path, 1, path.length)));
        }
        return new Json.Obj(fields);
    }

    static List<String> finalizers(Json object) {
        return object.items("metadata", "finalizers").stream()
                .map(item -> item instanceof Json.Text(var text) ? text : "")
                .toList();
    }

    static Json.Obj withFinalizer(Json.Obj object, String finalizer) {
        var all = finalizers(object);
        return all.contains(finalizer)
                ? object
                : set(
                        object,
                        Json.texts(Stream.concat(all.stream(), Stream.of(finalizer))
                                .toList()),
                        "metadata",
                        "finalizers");
    }

    static Json.Obj withoutFinalizer(Json.Obj object, String finalizer) {
        var remaining = finalizers(object).stream()
                .filter(each -> !each.equals(finalizer))
                .toList();
        return remaining.isEmpty()
                ? remove(object, "metadata", "finalizers")
                : set(object, Json.texts(remaining), "metadata", "finalizers");
    }
}
