package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** Objects that differ from others in one place. */
public final class Edit {
    private Edit() {}

    /** The object with a value, as {@link Tree#of} takes it, at a path. */
    public static Tree.Obj set(Tree.Obj object, Object value, String... path) {
        var fields = new LinkedHashMap<>(object.fields());
        var key = path[0];
        fields.put(
                key,
                path.length == 1
                        ? Tree.of(value)
                        : set(object.object(key), value, Arrays.copyOfRange(path, 1, path.length)));
        return new Tree.Obj(fields);
    }

    /** The object without what stands at a path. */
    public static Tree.Obj remove(Tree.Obj object, String... path) {
        if (object.at(path).isEmpty()) {
            return object;
        }
        var fields = new LinkedHashMap<>(object.fields());
        if (path.length == 1) {
            fields.remove(path[0]);
        } else {
            fields.put(path[0], remove(object.object(path[0]), Arrays.copyOfRange(path, 1, path.length)));
        }
        return new Tree.Obj(fields);
    }

    static List<String> finalizers(Tree object) {
        return object.items("metadata", "finalizers").stream()
                .map(item -> item instanceof Tree.Text(var text) ? text : "")
                .toList();
    }

    static Tree.Obj withFinalizer(Tree.Obj object, String finalizer) {
        var all = finalizers(object);
        return all.contains(finalizer)
                ? object
                : set(
                        object,
                        java.util.stream.Stream.concat(all.stream(), java.util.stream.Stream.of(finalizer))
                                .toList(),
                        "metadata",
                        "finalizers");
    }

    static Tree.Obj withoutFinalizer(Tree.Obj object, String finalizer) {
        var left = finalizers(object).stream()
                .filter(each -> !each.equals(finalizer))
                .toList();
        return left.isEmpty() ? remove(object, "metadata", "finalizers") : set(object, left, "metadata", "finalizers");
    }
}
