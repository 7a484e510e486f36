package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kubernetes' garbage collector and namespace controller. */
final class GarbageCollector {
    static final String FOREGROUND = "foregroundDeletion";
    /** Kubernetes has it in {@code spec.finalizers} of a Namespace. */
    static final String NAMESPACE = "kubernetes";
    /** Kinds with pods, which take their time to terminate. */
    private static final Set<String> WORKLOADS = Set.of("Pod", "StatefulSet", "Deployment");

    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final VirtualClock clock;
    private final Duration podTermination;
    /** When the pods of a terminating namespace are gone, by the namespace's uid. */
    private final Map<String, Instant> podsGoneAt = new HashMap<>();

    GarbageCollector(Cluster cluster, VirtualClock clock, Duration podTermination) {
        this.cluster = cluster;
        this.clock = clock;
        this.podTermination = podTermination;
    }

    void onEvent(WatchEvent event) {
        if (event.after().isEmpty()) {
            clock.schedule(
                    LATENCY,
                    () -> deleteDependents(event.ref(), uid(event.before().orElse(Json.Obj.EMPTY))));
        } else if (event.changes("metadata", "deletionTimestamp") || event.changes("metadata", "finalizers")) {
            clock.schedule(LATENCY, () -> processDeleting(event.ref()));
        } else if (event.before().isEmpty()) {
            clock.schedule(LATENCY, () -> cluster.get(event.ref()).ifPresent(this::deleteWithoutOwner));
        }
    }

    /** Also finishes owners that are deleted in the foreground, and the namespace, which may have waited for this object. */
    private void deleteDependents(Ref ref, String uid) {
        cluster.list(object -> isOwnedBy(uid, object)).forEach(this::deleteWithoutOwner);
        cluster.list(object -> isDeleting(object) && JsonEdit.finalizers(object).contains(FOREGROUND))
                .forEach(owner -> processDeleting(Ref.of(owner)));
        if (!ref.namespace().isEmpty()) {
            processDeleting(Ref.namespace(ref.namespace()));
        }
    }

    private void processDeleting(Ref ref) {
        cluster.get(ref).filter(GarbageCollector::isDeleting).ifPresent(object -> {
            if (JsonEdit.finalizers(object).contains(FOREGROUND)) {
                finishForeground(ref, uid(object));
            }
            if (JsonEdit.finalizers(object).contains(NAMESPACE)) {
                finishNamespace(ref, uid(object));
            }
        });
    }

    /** Only the dependents that say so go first; the others, such as a Usage of a user, follow. */
    private void finishForeground(Ref ref, String uid) {
        cluster.list(other -> blocks(uid, other)).forEach(this::delete);
        if (cluster.list(other -> blocks(uid, other)).isEmpty()) {
            cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, FOREGROUND));
        }
    }

    private void finishNamespace(Ref ref, String uid) {
        var content = cluster.list(other -> Ref.of(other).namespace().equals(ref.name()));
        if (!podsGoneAt.containsKey(uid)
                && content.stream()
                        .anyMatch(other -> WORKLOADS.contains(Ref.of(other).kind()))) {
            podsGoneAt.put(uid, clock.now().plus(podTermination));
            clock.schedule(podTermination, () -> processDeleting(ref));
        }
        content.forEach(this::delete);
        if (podsGoneAt.getOrDefault(uid, Instant.MIN).isAfter(clock.now())) {
            return;
        }
        if (cluster.list(other -> Ref.of(other).namespace().equals(ref.name())).isEmpty()) {
            cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, NAMESPACE));
        }
    }

    /** Deletes an object if all its owners are absent; otherwise removes the references to the absent ones. */
    private void deleteWithoutOwner(Json.Obj object) {
        var owners = object.items("metadata", "ownerReferences");
        var present = owners.stream()
                .filter(owner -> !cluster.list(other -> owner.text("uid").equals(Optional.of(uid(other))))
                        .isEmpty())
                .toList();
        if (present.isEmpty() && !owners.isEmpty()) {
            delete(object);
        } else if (present.size() < owners.size()) {
            cluster.update(Ref.of(object), each -> JsonEdit.set(each, present, "metadata", "ownerReferences"));
        }
    }

    /** A denied deletion is retried. */
    private void delete(Json.Obj object) {
        if (isDeleting(object)) {
            return;
        }
        try {
            cluster.delete(Ref.of(object));
        } catch (ApiError denied) {
            clock.schedule(
                    RETRY,
                    () -> cluster.get(Ref.of(object))
                            .filter(still -> uid(still).equals(uid(object)))
                            .ifPresent(this::delete));
        }
    }

    private static boolean isDeleting(Json object) {
        return object.at("metadata", "deletionTimestamp").isPresent();
    }

    private static String uid(Json object) {
        return object.text("metadata", "uid").orElse("");
    }

    private static boolean blocks(String uid, Json object) {
        return object.items("metadata", "ownerReferences").stream()
                .anyMatch(owner -> owner.isTrue("blockOwnerDeletion")
                        && owner.text("uid").filter(uid::equals).isPresent());
    }

    private static boolean isOwnedBy(String uid, Json object) {
        return object.items("metadata", "ownerReferences").stream()
                .anyMatch(owner -> owner.text("uid").filter(uid::equals).isPresent());
    }
}
