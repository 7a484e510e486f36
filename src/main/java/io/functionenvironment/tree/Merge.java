package io.functionenvironment.tree;

import io.functionenvironment.tree.Tree.Null;
import io.functionenvironment.tree.Tree.Obj;
import java.util.LinkedHashMap;

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
}
