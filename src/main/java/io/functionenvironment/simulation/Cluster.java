package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

/** An API server with its store. Every write goes through {@link #store}, which also notifies the watches. */
public final class Cluster {
    private final VirtualClock clock;
    private final Map<Ref, Json.Obj> objects = new LinkedHashMap<>();
    /** What each field manager applied, by object: the fields that it owns. */
    private final Map<Ref, Map<String, Json.Obj>> managedFields = new HashMap<>();

    private final List<Consumer<WatchEvent>> watches = new ArrayList<>();
    private final List<Consumer<Json.Obj>> deletionWebhooks = new ArrayList<>();
    private long version;

    /** @param podTermination how long a deleted namespace with pods in it stays Terminating */
    Cluster(VirtualClock clock, Duration podTermination) {
        this.clock = clock;
        watch(new GarbageCollector(this, clock, podTermination)::onEvent);
    }

    /** A cluster in which nothing runs yet, with what every cluster has. */
    static Cluster empty(VirtualClock clock) {
        var cluster = new Cluster(clock, Duration.ZERO);
        List.of("default", "kube-system").forEach(each -> {
            cluster.create(Manifests.namespace(each));
            cluster.create(Manifests.authority(each));
        });
        return cluster;
    }

    public Optional<Json.Obj> get(Ref ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /** All objects that match, in the order of their creation. */
    public List<Json.Obj> list(Predicate<Json.Obj> matches) {
        return objects.values().stream().filter(matches).toList();
    }

    /** All objects of a kind, of any API group. */
    public List<Json.Obj> list(String kind) {
        return list(object -> object.text("kind").filter(kind::equals).isPresent());
    }

    /** The latest resource version: it grows with every write that changes something. */
    public long version() {
        return version;
    }

    void watch(Consumer<WatchEvent> handler) {
        watches.add(handler);
    }

    /** @param webhook throws an {@link ApiError} to deny the deletion of an object */
    void validateDeletion(Consumer<Json.Obj> webhook) {
        deletionWebhooks.add(webhook);
    }

    /** What a field manager applied to an object, without the fields that others have changed since. */
    Optional<Json.Obj> appliedBy(String manager, Ref ref) {
        return Optional.ofNullable(managedFields.getOrDefault(ref, Map.of()).get(manager));
    }

    /** Server-side apply, with force: other managers lose the fields that it changes. */
    Json.Obj apply(String manager, Json.Obj body) {
        var ref = Ref.of(body);
        var managers = managedFields.computeIfAbsent(ref, key -> new LinkedHashMap<>());
        var others = managers.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(manager))
                .map(Map.Entry::getValue)
                .toList();
        var before = get(ref);
        var after = before.map(live ->
                        ServerSideApply.apply(live, managers.getOrDefault(manager, Json.Obj.EMPTY), body, others))
                .orElseGet(() -> withInitialMetadata(ref, body));
        before.ifPresent(
                live -> managers.replaceAll((other, applied) -> ServerSideApply.stillOwned(applied, live, after)));
        managers.put(manager, body);
        return store(ref, before, after);
    }

    /** Creates an object; one that exists stays as it is. */
    public Json.Obj create(Json.Obj body) {
        var ref = Ref.of(body);
        return get(ref).orElseGet(() -> store(ref, Optional.empty(), withInitialMetadata(ref, body)));
    }

    /** Takes over an object that somebody else has stored, with what each field manager applied; only a deletion continues. */
    void restore(Json.Obj object, Map<String, Json.Obj> managers) {
        var ref = Ref.of(object);
        var stored = ref.isKind("Namespace") ? JsonEdit.withFinalizer(object, GarbageCollector.NAMESPACE) : object;
        objects.put(ref, Admission.applyDefaults(stored));
        managedFields.computeIfAbsent(ref, key -> new LinkedHashMap<>()).putAll(managers);
        if (object.at("metadata", "deletionTimestamp").isPresent()) {
            notifyWatches(new WatchEvent(ref, Optional.empty(), get(ref)));
        }
    }

    /** Updates an object, if it exists. The managers that applied a changed field lose it. */
    public void update(Ref ref, UnaryOperator<Json.Obj> edit) {
        get(ref).ifPresent(before -> {
            var after = edit.apply(before);
            managedFields
                    .computeIfAbsent(ref, key -> new LinkedHashMap<>())
                    .replaceAll((manager, body) -> ServerSideApply.stillOwned(body, before, after));
            store(ref, Optional.of(before), after);
        });
    }

    /** Deletes with background propagation, as {@code kubectl} does. An object with finalizers stays until they are gone. */
    public void delete(Ref ref) {
        delete(ref, object -> object);
    }

    /** Likewise; returns the error if the deletion is denied. */
    Optional<String> attemptDelete(Ref ref) {
        try {
            delete(ref);
            return Optional.empty();
        } catch (ApiError denied) {
            return Optional.of(denied.message());
        }
    }

    /** Deletes with foreground propagation: the dependents go first. */
    void deleteForeground(Ref ref) {
        delete(ref, object -> JsonEdit.withFinalizer(object, GarbageCollector.FOREGROUND));
    }

    private void delete(Ref ref, UnaryOperator<Json.Obj> addFinalizer) {
        get(ref).ifPresent(before -> {
            deletionWebhooks.forEach(webhook -> webhook.accept(before));
            var deleting = before.at("metadata", "deletionTimestamp").isPresent()
                    ? before
                    : JsonEdit.set(before, clock.now().toString(), "metadata", "deletionTimestamp");
            store(ref, Optional.of(before), addFinalizer.apply(deleting));
        });
    }

    private Json.Obj withInitialMetadata(Ref ref, Json.Obj body) {
        Admission.requireNamespace(this, ref);
        var uid = UUID.nameUUIDFromBytes((ref + "#" + version).getBytes(StandardCharsets.UTF_8));
        var initial = obj(
                field("uid", uid.toString()),
                field(
                        "creationTimestamp",
                        Instant.ofEpochSecond(clock.now().getEpochSecond()).toString()));
        var created = JsonEdit.set(
                body, ServerSideApply.apply(body.object("metadata"), Json.Obj.EMPTY, initial, List.of()), "metadata");
        return ref.isKind("Namespace") ? JsonEdit.withFinalizer(created, GarbageCollector.NAMESPACE) : created;
    }

    private Json.Obj store(Ref ref, Optional<Json.Obj> before, Json.Obj written) {
        var after = Admission.applyDefaults(written);
        if (before.filter(after::equals).isPresent()) {
            return after;
        }
        Admission.requireOneController(after);
        version++;
        if (after.at("metadata", "deletionTimestamp").isPresent()
                && JsonEdit.finalizers(after).isEmpty()) {
            objects.remove(ref);
            managedFields.remove(ref);
            notifyWatches(new WatchEvent(ref, before, Optional.empty()));
            return after;
        }
        var stored = JsonEdit.set(
                JsonEdit.set(after, Admission.generation(before, after), "metadata", "generation"),
                String.valueOf(version),
                "metadata",
                "resourceVersion");
        objects.put(ref, stored);
        notifyWatches(new WatchEvent(ref, before, Optional.of(stored)));
        return stored;
    }

    private void notifyWatches(WatchEvent event) {
        List.copyOf(watches).forEach(watch -> watch.accept(event));
    }
}
