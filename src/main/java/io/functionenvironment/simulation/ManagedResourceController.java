package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The loop that all providers share: look at the thing a resource stands for, and make it so, or say why not. */
final class ManagedResourceController {
    private static final String FINALIZER = "finalizer.managedresource.crossplane.io";
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final Cluster host;
    private final Timeline timeline;
    private final ManagedStatus ledger;
    private final External.Provider provider;
    private final Secrets secrets;
    private final WorkQueue queue;

    ManagedResourceController(Cluster host, Timeline timeline, External.Provider provider) {
        this.host = host;
        this.timeline = timeline;
        this.ledger = new ManagedStatus(host, timeline);
        this.provider = provider;
        this.secrets = new Secrets(host);
        this.queue = new WorkQueue(timeline, LONGEST_RETRY, this::reconcile);
        host.watch(this::changed);
    }

    WorkQueue queue() {
        return queue;
    }

    /** A provider that starts sees everything anew. */
    void start() {
        host.list(object -> ours(Ref.of(object))).forEach(object -> queue.add(Ref.of(object)));
        queue.start();
    }

    private boolean ours(Ref ref) {
        return ref.is(provider.kind()) && ref.apiVersion().equals(provider.apiVersion());
    }

    /** Neither status nor the provider's own notes count as a change of what is desired. */
    private void changed(Change change) {
        if (ours(change.ref())
                && change.after().isPresent()
                && (change.before().isEmpty()
                        || change.differs("metadata", "generation")
                        || change.differs("metadata", "labels")
                        || !change.before()
                                .map(ManagedStatus::wishes)
                                .equals(change.after().map(ManagedStatus::wishes)))) {
            queue.add(change.ref());
        }
    }

    private Outcome reconcile(Ref ref) {
        return host.get(ref).map(managed -> reconcile(ref, managed)).orElse(new Outcome.Done());
    }

    private Outcome reconcile(Ref ref, Json.Obj managed) {
        var policies = Policies.of(managed);
        var deleting = managed.at("metadata", "deletionTimestamp").isPresent();
        if (deleting && !policies.delete()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new Outcome.Done();
        }
        if (!policies.supported()) {
            return failed(
                    ref,
                    object -> object,
                    "",
                    new Failure("managementPolicies is set to a value("
                            + managed.at("spec", "managementPolicies")
                                    .map(Json::toString)
                                    .orElse("")
                            + ") which is not supported. Check docs for supported policies"));
        }
        External external;
        try {
            external = provider.connect(managed);
        } catch (Failure failure) {
            return failed(ref, object -> object, "connect failed: ", failure);
        }
        External.Seen seen;
        try {
            seen = external.observe();
            if (!seen.exists() && !policies.create() && !deleting) {
                throw new Failure("external resource does not exist");
            }
        } catch (Failure failure) {
            return failed(ref, object -> object, "observe failed: ", failure);
        }
        if (!seen.exists() && ledger.madeLately(managed)) {
            // Some things are not seen at once by those who made them, so it waits to be sure, without a word.
            return new Outcome.Retry();
        }
        if (deleting) {
            return delete(ref, managed, external, seen);
        }
        try {
            secrets.publish(managed, seen.connection());
        } catch (Failure failure) {
            return failed(ref, object -> object, "", failure);
        }
        host.update(
                ref,
                object -> JsonEdit.finalizers(object).contains(FINALIZER)
                        ? object
                        : provider.written(JsonEdit.withFinalizer(object, FINALIZER)));
        if (!seen.exists()) {
            ledger.note(ref, "pending");
            return create(ref, external);
        }
        return seen.upToDate() || !policies.update()
                ? settled(ref, seen.status())
                : update(ref, external, seen.status());
    }

    private Outcome delete(Ref ref, Json.Obj managed, External external, External.Seen seen) {
        if (!JsonEdit.finalizers(managed).stream().allMatch(FINALIZER::equals)) {
            // "Delay external deletion until all finalizers have been removed", and nobody tells it of that.
            return new Outcome.Retry();
        }
        if (!seen.exists()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new Outcome.Done();
        }
        UnaryOperator<Json.Obj> deleting =
                object -> ledger.said(seen.status().apply(object), "Ready", "False", "Deleting", "");
        try {
            external.delete();
        } catch (Failure failure) {
            return failed(ref, deleting, "delete failed: ", failure);
        }
        ledger.write(ref, object -> ledger.synced(deleting.apply(object)));
        return new Outcome.Retry();
    }

    private Outcome create(Ref ref, External external) {
        UnaryOperator<Json.Obj> creating = object -> ledger.said(object, "Ready", "False", "Creating", "");
        return attempt(
                external::create,
                status -> {
                    ledger.note(ref, "succeeded");
                    ledger.write(ref, object -> ledger.synced(status.apply(creating.apply(object))));
                    return new Outcome.Retry();
                },
                failure -> {
                    ledger.note(ref, "failed");
                    return failed(ref, creating, "create failed: ", failure);
                });
    }

    /** Unlike after a creation, nobody looks again before the next poll. */
    private Outcome update(Ref ref, External external, UnaryOperator<Json.Obj> seen) {
        return attempt(
                external::update,
                status -> settled(ref, object -> status.apply(seen.apply(object))),
                failure -> failed(ref, seen, "update failed: ", failure));
    }

    private static Outcome attempt(
            Supplier<External.Step> task,
            Function<UnaryOperator<Json.Obj>, Outcome> then,
            Function<Failure, Outcome> otherwise) {
        try {
            var step = task.get();
            return step.takes().isZero()
                    ? then.apply(step.end().get())
                    : new Outcome.Busy(
                            step.takes(),
                            () -> attempt(() -> new External.Step(Duration.ZERO, step.end()), then, otherwise));
        } catch (Failure failure) {
            return otherwise.apply(failure);
        }
    }

    private Outcome settled(Ref ref, UnaryOperator<Json.Obj> status) {
        ledger.write(ref, object -> ledger.synced(status.apply(object)));
        return host.get(ref)
                .<Outcome>map(managed ->
                        new Outcome.Later(timeline.jittered(provider.poll(managed, Durations.poll(managed)))))
                .orElse(new Outcome.Done());
    }

    private Outcome failed(Ref ref, UnaryOperator<Json.Obj> status, String prefix, Failure failure) {
        ledger.write(
                ref,
                object -> ledger.said(
                        failure.status().apply(status.apply(object)),
                        "Synced",
                        "False",
                        "ReconcileError",
                        prefix + failure.words()));
        return new Outcome.Retry();
    }
}
