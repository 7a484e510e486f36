package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineRequest.ObservedResource;
import io.functionenvironment.simulation.PipelineResponse.DesiredResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings the composed resources to their desired state: garbage-collects, writes the resource references, applies. */
final class Composer {
    private final Cluster host;
    private final VirtualClock clock;
    final List<String> created = new ArrayList<>();
    final Map<String, Set<String>> changed = new TreeMap<>();
    final List<String> deleted = new ArrayList<>();
    /** Rejected by the API server as invalid, which does not keep others from being applied. */
    final List<String> unsynced = new ArrayList<>();

    private final boolean keepUncontrolled;

    Composer(Cluster host, VirtualClock clock, boolean keepUncontrolled) {
        this.host = host;
        this.clock = clock;
        this.keepUncontrolled = keepUncontrolled;
    }

    /** @throws ApiError at the first error; what was done before stays done */
    void compose(Json.Obj composite, Map<String, ObservedResource> observed, Map<String, DesiredResource> desired) {
        var bodies = new LinkedHashMap<String, Json.Obj>();
        new TreeMap<>(desired)
                .forEach((key, resource) -> bodies.put(
                        key,
                        ComposedResource.render(
                                composite,
                                key,
                                resource.body(),
                                Optional.ofNullable(observed.get(key)).map(ObservedResource::body))));
        observed.forEach((key, resource) -> {
            var keep = keepUncontrolled
                    && ComposedResource.controllerUid(resource.body()).isEmpty();
            if (!desired.containsKey(key) && !keep) {
                garbageCollect(key, Ref.of(resource.body()));
            }
        });
        writeResourceRefs(composite, bodies);
        var order = new ArrayList<>(bodies.keySet());
        Collections.shuffle(order, clock.random());
        order.forEach(key -> apply(composite, key, bodies.getOrDefault(key, Json.Obj.EMPTY)));
        Collections.sort(created);
    }

    private void garbageCollect(String key, Ref ref) {
        try {
            host.update(ref, object -> JsonEdit.remove(object, "metadata", "labels", ComposedResource.COMPOSITE_LABEL));
            host.deleteForeground(ref);
            deleted.add(key);
        } catch (ApiError denied) {
            throw new ApiError("cannot garbage collect composed resources that are no longer desired: cannot delete"
                    + " composed resource \"" + key + "\" (a " + ref.kind() + " named " + ref.name() + "): "
                    + denied.message());
        }
    }

    private void writeResourceRefs(Json.Obj composite, Map<String, Json.Obj> bodies) {
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
            after = host.apply(AppliedFields.composedBy(composite), body);
        } catch (ApiError denied) {
            if (denied.isInvalid()) {
                unsynced.add(key);
                return;
            }
            throw new ApiError("cannot apply composed resource \"" + key + "\": " + denied.message());
        }
        if (before.isEmpty()) {
            created.add(key);
            return;
        }
        var fields = new TreeSet<String>();
        for (var part : List.of("labels", "annotations")) {
            collectChanges(part, before.get().object("metadata", part), after.object("metadata", part), fields);
        }
        collectChanges("spec", before.get().object("spec"), after.object("spec"), fields);
        if (!fields.isEmpty()) {
            changed.put(key, fields);
        }
    }

    private static void collectChanges(String path, Json.Obj before, Json.Obj after, Set<String> fields) {
        var keys = new TreeSet<>(before.fields().keySet());
        keys.addAll(after.fields().keySet());
        for (var key : keys) {
            var here = path + "." + key;
            if (before.fields().get(key) instanceof Json.Obj was
                    && after.fields().get(key) instanceof Json.Obj is) {
                collectChanges(here, was, is, fields);
            } else if (!before.at(key).equals(after.at(key))) {
                fields.add(here);
            }
        }
    }
}
