package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.ExternalClient.Observation;
import io.functionenvironment.simulation.ExternalClient.Operation;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** crossplane-runtime's managed reconciler, which all providers share: connect, observe, then create, update or delete. */
final class ManagedResourceController {
    private static final String FINALIZER = "finalizer.managedresource.crossplane.io";
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(60);

    private final Cluster host;
    private final VirtualClock clock;
    private final ManagedStatus managedStatus;
    private final ExternalClient.Provider provider;
    private final ObservedFailures failures;
    private final WorkQueue queue;

    ManagedResourceController(
            Cluster host, VirtualClock clock, ExternalClient.Provider provider, ObservedFailures failures) {
        this.host = host;
        this.clock = clock;
        this.managedStatus = new ManagedStatus(host, clock);
        this.provider = provider;
        this.failures = failures;
        this.queue = new WorkQueue(clock, MAX_BACKOFF, this::reconcile);
        host.watch(this::onEvent);
    }

    WorkQueue queue() {
        return queue;
    }

    /** Starts the provider again, which lists all its resources. */
    void start() {
        host.list(object -> provider.manages(Ref.of(object))).forEach(object -> queue.add(Ref.of(object)));
        queue.start();
    }

    /** Reconciles on changes of the desired state only: of the spec, the labels, and annotations that others write. */
    private void onEvent(WatchEvent event) {
        if (provider.manages(event.ref())
                && event.after().isPresent()
                && (event.before().isEmpty()
                        || event.changes("metadata", "generation")
                        || event.changes("metadata", "labels")
                        || ManagedStatus.changesDesiredAnnotations(event))) {
            queue.add(event.ref());
        }
    }

    private ReconcileResult reconcile(Ref ref) {
        return host.get(ref)
                .filter(managed -> !failures.include(managed))
                .map(managed -> reconcile(ref, managed))
                .orElse(new ReconcileResult.Done());
    }

    private ReconcileResult reconcile(Ref ref, Json.Obj managed) {
        var policies = ManagementPolicies.of(managed);
        if (policies.paused()) {
            managedStatus.update(ref, object -> managedStatus.unsynced(object, "ReconcilePaused", ""));
            return new ReconcileResult.Done();
        }
        if (!policies.supported()) {
            managedStatus.update(
                    ref, object -> managedStatus.unsynced(object, "ReconcileError", policies.notSupported()));
            return new ReconcileResult.Done();
        }
        var deleting = managed.at("metadata", "deletionTimestamp").isPresent();
        if (deleting && !policies.delete()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new ReconcileResult.Done();
        }
        ExternalClient external;
        Observation observation;
        var step = "connect failed: ";
        try {
            external = provider.connect(managed);
            step = "observe failed: ";
            observation = external.observe();
            if (!observation.exists() && policies.observeOnly()) {
                throw new ExternalError("external resource does not exist");
            }
        } catch (ExternalError error) {
            return failed(ref, object -> object, step, error);
        }
        if (!observation.exists() && managedStatus.inCreationGracePeriod(managed)) {
            return new ReconcileResult.Requeue();
        }
        return deleting
                ? delete(ref, managed, external, observation)
                : createOrUpdate(ref, managed, external, observation);
    }

    private ReconcileResult createOrUpdate(
            Ref ref, Json.Obj managed, ExternalClient external, Observation observation) {
        try {
            new ConnectionSecrets(host).publish(managed, observation.connection());
        } catch (ExternalError error) {
            return failed(ref, object -> object, "", error);
        }
        host.update(
                ref,
                object -> JsonEdit.finalizers(object).contains(FINALIZER)
                        ? object
                        : provider.serialized(JsonEdit.withFinalizer(object, FINALIZER)));
        var policies = ManagementPolicies.of(managed);
        if (!observation.exists() && policies.create()) {
            managedStatus.annotateCreation(ref, "pending");
            return create(ref, external);
        }
        host.update(ref, external::lateInitialize);
        // Without Create or Update a reconcile succeeds although the external resource does not exist, or differs.
        return observation.upToDate() || !policies.update()
                ? succeeded(ref, observation.status())
                : update(ref, external, observation.status());
    }

    private ReconcileResult delete(Ref ref, Json.Obj managed, ExternalClient external, Observation observation) {
        if (!JsonEdit.finalizers(managed).stream().allMatch(FINALIZER::equals)) {
            // "Delay external deletion until all finalizers have been removed"; no event reports their removal.
            return new ReconcileResult.Requeue();
        }
        if (!observation.exists()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new ReconcileResult.Done();
        }
        UnaryOperator<Json.Obj> deleting = object ->
                managedStatus.withCondition(observation.status().apply(object), "Ready", "False", "Deleting", "");
        try {
            external.delete();
        } catch (ExternalError error) {
            return failed(ref, deleting, "delete failed: ", error);
        }
        managedStatus.update(ref, object -> managedStatus.reconcileSuccess(deleting.apply(object)));
        return new ReconcileResult.Requeue();
    }

    private ReconcileResult create(Ref ref, ExternalClient external) {
        UnaryOperator<Json.Obj> creating =
                object -> managedStatus.withCondition(object, "Ready", "False", "Creating", "");
        return perform(
                external::create,
                status -> {
                    managedStatus.annotateCreation(ref, "succeeded");
                    managedStatus.update(
                            ref, object -> managedStatus.reconcileSuccess(status.apply(creating.apply(object))));
                    return new ReconcileResult.Requeue();
                },
                error -> {
                    managedStatus.annotateCreation(ref, "failed");
                    return failed(ref, creating, "create failed: ", error);
                });
    }

    /** Unlike after a creation, the next reconcile is only at the next poll. */
    private ReconcileResult update(Ref ref, ExternalClient external, UnaryOperator<Json.Obj> observed) {
        return perform(
                external::update,
                status -> succeeded(ref, object -> status.apply(observed.apply(object))),
                error -> failed(ref, observed, "update failed: ", error));
    }

    private static ReconcileResult perform(
            Supplier<Operation> change,
            Function<UnaryOperator<Json.Obj>, ReconcileResult> onSuccess,
            Function<ExternalError, ReconcileResult> onError) {
        try {
            var operation = change.get();
            return operation.duration().isZero()
                    ? onSuccess.apply(operation.finish().get())
                    : new ReconcileResult.InProgress(
                            operation.duration(),
                            () -> perform(() -> new Operation(Duration.ZERO, operation.finish()), onSuccess, onError));
        } catch (ExternalError error) {
            return onError.apply(error);
        }
    }

    private ReconcileResult succeeded(Ref ref, UnaryOperator<Json.Obj> status) {
        managedStatus.update(ref, object -> managedStatus.reconcileSuccess(status.apply(object)));
        return host.get(ref)
                .<ReconcileResult>map(managed -> new ReconcileResult.RequeueAfter(
                        clock.jittered(provider.pollInterval(managed, PollInterval.of(managed)))))
                .orElse(new ReconcileResult.Done());
    }

    private ReconcileResult failed(Ref ref, UnaryOperator<Json.Obj> status, String prefix, ExternalError error) {
        managedStatus.update(
                ref,
                object -> managedStatus.unsynced(
                        error.status().apply(status.apply(object)), "ReconcileError", prefix + error.message()));
        return new ReconcileResult.Requeue();
    }
}
