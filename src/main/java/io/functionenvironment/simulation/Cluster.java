package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An API server with its store. Every change goes through {@link #store}, which also tells the watchers. */
public final class Cluster {
    private final Timeline timeline;
    private final Map<Ref, Json.Obj> objects = new LinkedHashMap<>();
    private final Map<Ref, Map<String, Json.Obj>> sent = new HashMap<>();
    private final List<Consumer<Change>> watchers = new ArrayList<>();
    private final List<Consumer<Json.Obj>> guards = new ArrayList<>();
    private final List<UnaryOperator<Json.Obj>> defaults = new ArrayList<>();
    private long version;

    /** @param clearing how long a namespace with pods in it takes until it is gone */
    Cluster(Timeline timeline, Duration clearing) {
        this.timeline = timeline;
        watch(new GarbageCollector(this, timeline, clearing)::changed);
    }

    public Optional<Json.Obj> get(Ref ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /** All objects that match, in the order they were made. */
    public List<Json.Obj> list(Predicate<Json.Obj> wanted) {
        return objects.values().stream().filter(wanted).toList();
    }

    public List<Json.Obj> list(String kind) {
        return list(object -> object.text("kind").filter(kind::equals).isPresent());
    }

    /** Grows with every write that changes something. */
    public long version() {
        return version;
    }

    void watch(Consumer<Change> watcher) {
        watchers.add(watcher);
    }

    /** @param guard throws an {@link ApiError} for objects that must not be deleted */
    void guardDeletion(Consumer<Json.Obj> guard) {
        guards.add(guard);
    }

    /** @param complete adds to an object what its definition has defaults for */
    void admit(UnaryOperator<Json.Obj> complete) {
        defaults.add(complete);
    }

    /** Lays what one owner sends over what there is. */
    Json.Obj apply(String owner, Json.Obj body) {
        var ref = Ref.of(body);
        var owners = sent.computeIfAbsent(ref, key -> new LinkedHashMap<>());
        var others = owners.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner))
                .map(Map.Entry::getValue)
                .toList();
        var before = get(ref);
        var after = before.map(live -> Apply.over(live, owners.getOrDefault(owner, Json.Obj.EMPTY), body, others))
                .orElseGet(() -> born(ref, body));
        owners.put(owner, body);
        return store(ref, before, after);
    }

    Json.Obj create(Json.Obj body) {
        var ref = Ref.of(body);
        return get(ref).orElseGet(() -> store(ref, Optional.empty(), born(ref, body)));
    }

    void update(Ref ref, UnaryOperator<Json.Obj> edit) {
        get(ref).ifPresent(before -> {
            var after = edit.apply(before);
            // Who changes a field takes it from those who applied it.
            sent.computeIfAbsent(ref, key -> new LinkedHashMap<>())
                    .replaceAll((owner, body) -> Apply.unchanged(body, before, after));
            store(ref, Optional.of(before), after);
        });
    }

    /** Deletes as {@code kubectl} does: dependents follow. An object with finalizers stays until they are gone. */
    public void delete(Ref ref) {
        delete(ref, object -> object);
    }

    /** Likewise; says why if that is refused. */
    Optional<String> attemptDelete(Ref ref) {
        try {
            delete(ref);
            return Optional.empty();
        } catch (ApiError refused) {
            return Optional.of(refused.words());
        }
    }

    /** Dependents go first. */
    void deleteForeground(Ref ref) {
        delete(ref, object -> JsonEdit.withFinalizer(object, GarbageCollector.FOREGROUND));
    }

    private void delete(Ref ref, UnaryOperator<Json.Obj> mark) {
        get(ref).ifPresent(before -> {
            guards.forEach(guard -> guard.accept(before));
            var deleting = before.at("metadata", "deletionTimestamp").isPresent()
                    ? before
                    : JsonEdit.set(before, timeline.now().toString(), "metadata", "deletionTimestamp");
            store(ref, Optional.of(before), mark.apply(deleting));
        });
    }

    private Json.Obj born(Ref ref, Json.Obj body) {
        if (!ref.namespace().isEmpty()) {
            var namespace = get(Ref.namespace(ref.namespace()));
            if (namespace.isEmpty()) {
                throw ApiError.notFound(Ref.namespace(ref.namespace()));
            }
            if (namespace.get().at("metadata", "deletionTimestamp").isPresent()) {
                throw new ApiError(ref.words() + " is forbidden: unable to create new content in namespace "
                        + ref.namespace() + " because it is being terminated");
            }
        }
        var uid = UUID.nameUUIDFromBytes((ref + "#" + version).getBytes(StandardCharsets.UTF_8));
        var meta = obj(
                field("uid", uid.toString()),
                field(
                        "creationTimestamp",
                        java.time.Instant.ofEpochSecond(timeline.now().getEpochSecond())
                                .toString()));
        var born = JsonEdit.set(body, Apply.over(body.object("metadata"), Json.Obj.EMPTY, meta, List.of()), "metadata");
        return ref.is("Namespace") ? JsonEdit.withFinalizer(born, GarbageCollector.NAMESPACE) : born;
    }

    private Json.Obj store(Ref ref, Optional<Json.Obj> before, Json.Obj written) {
        var after = written;
        for (var complete : defaults) {
            after = complete.apply(after);
        }
        if (before.filter(after::equals).isPresent()) {
            return after;
        }
        version++;
        if (after.at("metadata", "deletionTimestamp").isPresent()
                && JsonEdit.finalizers(after).isEmpty()) {
            objects.remove(ref);
            sent.remove(ref);
            tell(new Change(ref, before, Optional.empty()));
            return after;
        }
        var generation = before.flatMap(object -> object.number("metadata", "generation"))
                        .orElse(0.0)
                + (before.isPresent() && content(before.get()).equals(content(after)) ? 0 : 1);
        var stored = JsonEdit.set(
                JsonEdit.set(after, generation, "metadata", "generation"),
                String.valueOf(version),
                "metadata",
                "resourceVersion");
        objects.put(ref, stored);
        tell(new Change(ref, before, Optional.of(stored)));
        return stored;
    }

    private void tell(Change change) {
        List.copyOf(watchers).forEach(watcher -> watcher.accept(change));
    }

    /** What counts for the generation. */
    private static Json.Obj content(Json.Obj object) {
        var content = JsonEdit.remove(JsonEdit.remove(object, "metadata"), "status");
        return JsonEdit.set(content, object.at("metadata", "deletionTimestamp").isPresent(), "deleting");
    }
}
