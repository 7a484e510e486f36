package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Json.Arr;
import io.functionenvironment.json.Json.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Server-side apply: what an owner no longer sends is removed, unless another owner sent it too. */
final class Apply {
    private Apply() {}

    /**
     * @param before what this owner sent the last time
     * @param others what the other owners sent the last time
     */
    static Obj over(Obj live, Obj before, Obj sent, List<Obj> others) {
        return lay(prune(live, before, sent, others), sent);
    }

    /** What an owner sent, without what has changed since. */
    static Obj unchanged(Obj sent, Obj before, Obj after) {
        var fields = new LinkedHashMap<String, Json>();
        sent.fields().forEach((key, value) -> {
            var was = before.at(key);
            if (was.equals(after.at(key))) {
                fields.put(key, value);
            } else if (value instanceof Obj part
                    && after.at(key).filter(Obj.class::isInstance).isPresent()) {
                fields.put(key, unchanged(part, before.object(key), after.object(key)));
            }
        });
        return new Obj(fields);
    }

    private static Obj prune(Obj live, Obj before, Obj sent, List<Obj> others) {
        var fields = new LinkedHashMap<>(live.fields());
        before.fields().forEach((key, was) -> {
            if (!(live.fields().get(key) instanceof Json here)) {
                return;
            }
            var theirs = others.stream()
                    .filter(other -> other.fields().containsKey(key))
                    .toList();
            if (was instanceof Obj wasObj && here instanceof Obj hereObj) {
                var left = prune(
                        hereObj,
                        wasObj,
                        sent.object(key),
                        theirs.stream().map(other -> other.object(key)).toList());
                if (left.isEmpty() && !sent.fields().containsKey(key) && theirs.isEmpty()) {
                    fields.remove(key);
                } else {
                    fields.put(key, left);
                }
            } else if (!sent.fields().containsKey(key) && theirs.isEmpty()) {
                fields.remove(key);
            }
        });
        return new Obj(fields);
    }

    private static Obj lay(Obj below, Obj above) {
        var fields = new LinkedHashMap<>(below.fields());
        above.fields().forEach((key, value) -> {
            if (value instanceof Obj over && below.fields().get(key) instanceof Obj under) {
                fields.put(key, lay(under, over));
            } else if (key.equals("ownerReferences") && value instanceof Arr owners) {
                fields.put(key, owners(below.items(key), owners.items()));
            } else {
                fields.put(key, value);
            }
        });
        return new Obj(fields);
    }

    /** The one list that several owners write: it is keyed by uid. */
    private static Arr owners(List<Json> below, List<Json> above) {
        var all = new ArrayList<>(below);
        all.removeIf(here -> above.stream().anyMatch(sent -> sent.text("uid").equals(here.text("uid"))));
        all.addAll(above);
        return new Arr(below.containsAll(all) ? below : List.copyOf(all));
    }
}
