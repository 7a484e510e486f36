package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes what exists of a composite what its function desires: first removes, then remembers, then applies. */
final class Composer {
    private final Cluster host;
    private final Timeline timeline;
    final List<String> created = new ArrayList<>();
    final Map<String, Set<String>> changed = new TreeMap<>();
    final List<String> removed = new ArrayList<>();

    Composer(Cluster host, Timeline timeline) {
        this.host = host;
        this.timeline = timeline;
    }

    /** @throws ApiError when something is refused; what was done before stays done */
    void compose(Json.Obj composite, Map<String, Call.Seen> observed, Map<String, Answer.Wanted> desired) {
        var bodies = new LinkedHashMap<String, Json.Obj>();
        new TreeMap<>(desired)
                .forEach((key, wanted) -> bodies.put(
                        key,
                        Composed.body(
                                composite,
                                key,
                                wanted.body(),
                                Optional.ofNullable(observed.get(key)).map(Call.Seen::body))));
        observed.forEach((key, seen) -> {
            if (!desired.containsKey(key)) {
                remove(key, Ref.of(seen.body()));
            }
        });
        remember(composite, bodies);
        var order = new ArrayList<>(bodies.keySet());
        Collections.shuffle(order, timeline.random());
        order.forEach(key -> apply(composite, key, bodies.getOrDefault(key, Json.Obj.EMPTY)));
        Collections.sort(created);
    }

    private void remove(String key, Ref ref) {
        try {
            host.update(ref, object -> JsonEdit.remove(object, "metadata", "labels", Composed.COMPOSITE));
            host.deleteForeground(ref);
            removed.add(key);
        } catch (ApiError refused) {
            throw new ApiError("cannot garbage collect composed resource \"" + key + "\": " + refused.words());
        }
    }

    private void remember(Json.Obj composite, Map<String, Json.Obj> bodies) {
        var refs = bodies.values().stream()
                .map(Ref::of)
                .map(ref -> obj(
                        field("apiVersion", ref.apiVersion()), field("kind", ref.kind()), field("name", ref.name())))
                .toList();
        host.update(Ref.of(composite), object -> JsonEdit.set(object, refs, "spec", "crossplane", "resourceRefs"));
    }

    private void apply(Json.Obj composite, String key, Json.Obj body) {
        var ref = Ref.of(body);
        var before = host.get(ref);
        Json.Obj after;
        try {
            after = host.apply("apiextensions.crossplane.io/composed/" + Ref.of(composite), body);
        } catch (ApiError refused) {
            throw new ApiError("cannot apply composed resource \"" + key + "\": " + refused.words());
        }
        if (before.isEmpty()) {
            created.add(key);
            return;
        }
        var fields = new TreeSet<String>();
        for (var part : List.of("labels", "annotations")) {
            differences(part, before.get().object("metadata", part), after.object("metadata", part), fields);
        }
        differences("spec", before.get().object("spec"), after.object("spec"), fields);
        if (!fields.isEmpty()) {
            changed.put(key, fields);
        }
    }

    private static void differences(String path, Json.Obj before, Json.Obj after, Set<String> fields) {
        var keys = new TreeSet<>(before.fields().keySet());
        keys.addAll(after.fields().keySet());
        for (var key : keys) {
            var here = path + "." + key;
            if (before.fields().get(key) instanceof Json.Obj was
                    && after.fields().get(key) instanceof Json.Obj is) {
                differences(here, was, is, fields);
            } else if (!before.at(key).equals(after.at(key))) {
                fields.add(here);
            }
        }
    }
}
