package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Json.Arr;
import io.functionenvironment.json.Json.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Server-side apply: a field that a manager stops sending is removed, unless another manager owns it too. */
final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * The object after an apply.
     *
     * @param before the fields that this manager owns so far
     * @param others the fields that other managers own
     */
    static Obj apply(Obj live, Obj before, Obj sent, List<Obj> others) {
        return merge(prune(live, before, sent, others), sent);
    }

    /** The fields that a manager still owns after an update by someone else changed some. */
    static Obj stillOwned(Obj sent, Obj before, Obj after) {
        var fields = new LinkedHashMap<String, Json>();
        sent.fields().forEach((key, value) -> {
            var was = before.at(key);
            if (was.equals(after.at(key))) {
                fields.put(key, value);
            } else if (value instanceof Obj part
                    && after.at(key).filter(Obj.class::isInstance).isPresent()) {
                fields.put(key, stillOwned(part, before.object(key), after.object(key)));
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
            var otherOwners = others.stream()
                    .filter(other -> other.fields().containsKey(key))
                    .toList();
            if (was instanceof Obj wasObj && here instanceof Obj hereObj) {
                var remaining = prune(
                        hereObj,
                        wasObj,
                        sent.object(key),
                        otherOwners.stream().map(other -> other.object(key)).toList());
                if (remaining.isEmpty() && !sent.fields().containsKey(key) && otherOwners.isEmpty()) {
                    fields.remove(key);
                } else {
                    fields.put(key, remaining);
                }
            } else if (!sent.fields().containsKey(key) && otherOwners.isEmpty()) {
                fields.remove(key);
            }
        });
        return new Obj(fields);
    }

    private static Obj merge(Obj below, Obj above) {
        var fields = new LinkedHashMap<>(below.fields());
        above.fields().forEach((key, value) -> {
            if (value instanceof Obj over && below.fields().get(key) instanceof Obj under) {
                fields.put(key, merge(under, over));
            } else if (key.equals("ownerReferences") && value instanceof Arr(var references)) {
                fields.put(key, ownerReferences(below.items(key), references));
            } else {
                fields.put(key, value);
            }
        });
        return new Obj(fields);
    }

    /** The one list that several managers write: it is keyed by uid. */
    private static Arr ownerReferences(List<Json> below, List<Json> above) {
        var all = new ArrayList<>(below);
        all.removeIf(here -> above.stream().anyMatch(sent -> sent.text("uid").equals(here.text("uid"))));
        all.addAll(above);
        return new Arr(below.containsAll(all) ? below : List.copyOf(all));
    }
}
