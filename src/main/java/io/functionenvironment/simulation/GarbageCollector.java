package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Kubernetes' garbage collector and namespace controller: what goes takes along what belongs to it. */
final class GarbageCollector {
    static final String FOREGROUND = "foregroundDeletion";
    static final String NAMESPACE = "kubernetes";
    /** What has pods, which take their time to end. */
    private static final Set<String> RUNNING = Set.of("Pod", "StatefulSet", "Deployment");

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Timeline timeline;
    private final Duration clearing;
    /** Until when what ran in a namespace keeps it, by the namespace's uid. */
    private final Map<String, Instant> cleared = new HashMap<>();

    GarbageCollector(Cluster cluster, Timeline timeline, Duration clearing) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.clearing = clearing;
    }

    void changed(Change change) {
        if (change.after().isEmpty()) {
            timeline.after(PAUSE, () -> gone(change.ref(), uid(change.before().orElse(Json.Obj.EMPTY))));
        } else if (change.differs("metadata", "deletionTimestamp") || change.differs("metadata", "finalizers")) {
            timeline.after(PAUSE, () -> going(change.ref()));
        } else if (change.before().isEmpty()) {
            timeline.after(PAUSE, () -> orphaned(change.ref()));
        }
    }

    /** The namespace or an owner may have been waiting for it, and others may have lived by it. */
    private void gone(Ref ref, String uid) {
        cluster.list(object -> owns(uid, object)).forEach(this::delete);
        cluster.list(object -> deleting(object) && JsonEdit.finalizers(object).contains(FOREGROUND))
                .forEach(owner -> going(Ref.of(owner)));
        if (!ref.namespace().isEmpty()) {
            going(Ref.namespace(ref.namespace()));
        }
    }

    private void going(Ref ref) {
        cluster.get(ref).filter(GarbageCollector::deleting).ifPresent(object -> {
            if (JsonEdit.finalizers(object).contains(FOREGROUND)) {
                var dependents = cluster.list(other -> owns(uid(object), other));
                dependents.forEach(this::delete);
                if (cluster.list(other -> owns(uid(object), other)).isEmpty()) {
                    cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, FOREGROUND));
                }
            }
            if (JsonEdit.finalizers(object).contains(NAMESPACE)) {
                var content = cluster.list(other -> Ref.of(other).namespace().equals(ref.name()));
                if (!cleared.containsKey(uid(object))
                        && content.stream()
                                .anyMatch(
                                        other -> RUNNING.contains(Ref.of(other).kind()))) {
                    cleared.put(uid(object), timeline.now().plus(clearing));
                    timeline.after(clearing, () -> going(ref));
                }
                content.forEach(this::delete);
                if (cleared.getOrDefault(uid(object), Instant.MIN).isAfter(timeline.now())) {
                    return;
                }
                if (cluster.list(other -> Ref.of(other).namespace().equals(ref.name()))
                        .isEmpty()) {
                    cluster.update(ref, each -> JsonEdit.withoutFinalizer(each, NAMESPACE));
                }
            }
        });
    }

    /** Something was made for an owner, or in a namespace, that is already on its way out. */
    private void orphaned(Ref ref) {
        cluster.get(ref)
                .ifPresent(object -> object.items("metadata", "ownerReferences").forEach(owner -> {
                    var uid = owner.text("uid").orElse("");
                    if (cluster.list(other -> uid(other).equals(uid)).isEmpty()) {
                        delete(object);
                    }
                }));
    }

    /** What refuses to go is tried again, as Kubernetes does. */
    private void delete(Json.Obj object) {
        if (deleting(object)) {
            return;
        }
        try {
            cluster.delete(Ref.of(object));
        } catch (ApiError refused) {
            timeline.after(
                    RETRY,
                    () -> cluster.get(Ref.of(object))
                            .filter(still -> uid(still).equals(uid(object)))
                            .ifPresent(this::delete));
        }
    }

    private static boolean deleting(Json object) {
        return object.at("metadata", "deletionTimestamp").isPresent();
    }

    private static String uid(Json object) {
        return object.text("metadata", "uid").orElse("");
    }

    private static boolean owns(String uid, Json object) {
        return object.items("metadata", "ownerReferences").stream()
                .anyMatch(owner -> owner.text("uid").filter(uid::equals).isPresent());
    }
}
