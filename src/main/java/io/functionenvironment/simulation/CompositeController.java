package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineRequest.ObservedResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Crossplane's composite controller with realtime compositions: changes of the composite and its resources trigger it. */
final class CompositeController {
    private static final String FINALIZER = "composite.apiextensions.crossplane.io";
    private static final String ERROR = "cannot compose resources: ";
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private final Cluster host;
    private final VirtualClock clock;
    private final InjectedFaults faults;
    private final ComposedResourceObserver observer;
    private final FetchingFunctionRunner runner;
    private final SimulationOptions options;
    private final WorkQueue queue;
    private final Map<Ref, CircuitBreaker> breakers = new LinkedHashMap<>();
    private final Map<Ref, Ref> compositeOfResource = new HashMap<>();
    private final List<Reconciliation> history = new ArrayList<>();

    CompositeController(
            Cluster host,
            VirtualClock clock,
            InjectedFaults faults,
            FetchingFunctionRunner runner,
            SimulationOptions options) {
        this.host = host;
        this.clock = clock;
        this.faults = faults;
        this.observer = new ComposedResourceObserver(host);
        this.runner = runner;
        this.options = options;
        this.queue = new WorkQueue(clock, MAX_BACKOFF, this::reconcile);
        host.watch(this::onEvent);
    }

    /** Reconciles a composite from now on. */
    void watch(Ref composite) {
        breakers.computeIfAbsent(composite, ref -> new CircuitBreaker(clock.now()));
        host.get(composite).ifPresent(this::indexResources);
        queue.add(composite);
    }

    /** Calls the function, and carries nothing out. */
    Reconciliation ask(Ref ref) {
        var composite = host.get(ref).orElseThrow();
        var run = runner.run(composite, observer.observe(composite), options.input());
        return Reconciliation.ofCall(
                clock.now(),
                ref,
                run.calls(),
                run.request(),
                Optional.of(run.response()),
                run.response().fatal());
    }

    List<Reconciliation> history() {
        return List.copyOf(history);
    }

    Optional<CircuitBreaker> breaker(Ref composite) {
        return Optional.ofNullable(breakers.get(composite));
    }

    private void onEvent(WatchEvent event) {
        if (breakers.containsKey(event.ref())) {
            event.after().ifPresent(this::indexResources);
        }
        if (event.after().isEmpty() && breakers.get(event.ref()) instanceof CircuitBreaker breaker) {
            breaker.reset();
        }
        var composite = breakers.containsKey(event.ref()) ? event.ref() : compositeOfResource.get(event.ref());
        if (composite != null
                && breakers.get(composite) instanceof CircuitBreaker breaker
                && breaker.allows(event, clock.now())) {
            queue.add(composite);
        }
    }

    private ReconcileResult reconcile(Ref ref) {
        var found = host.get(ref);
        if (found.isEmpty()) {
            return new ReconcileResult.Done();
        }
        if (found.get().at("metadata", "deletionTimestamp").isPresent()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new ReconcileResult.Done();
        }
        host.update(ref, object -> JsonEdit.withFinalizer(object, FINALIZER));
        host.update(
                ref,
                object -> JsonEdit.set(
                        object,
                        ComposedResource.label(object),
                        "metadata",
                        "labels",
                        ComposedResource.COMPOSITE_LABEL));
        return compose(ref, host.get(ref).orElseThrow());
    }

    private ReconcileResult compose(Ref ref, Json.Obj composite) {
        Map<String, ObservedResource> observed;
        try {
            observed = observer.observe(composite);
        } catch (ApiError error) {
            return notCalled(
                    ref, 0, new PipelineRequest(composite, Map.of(), options.input(), Map.of()), error.message());
        }
        if (faults.isActive(new InjectedFault.Stopped(InjectedFault.Program.FUNCTION))) {
            return notCalled(
                    ref,
                    1,
                    new PipelineRequest(composite, observed, options.input(), Map.of()),
                    "cannot run Composition pipeline step \"environment\": rpc error: code = Unavailable desc ="
                            + " connection refused");
        }
        var run = runner.run(composite, observed, options.input());
        var response = run.response();
        var composer = new Composer(host, clock, options.keepUncontrolled());
        var error = response.fatal()
                .map(message -> ERROR + "pipeline step \"environment\" returned a fatal result: " + message);
        if (error.isEmpty()) {
            try {
                composer.compose(composite, observed, response.desired());
                applyStatus(ref, response, composer.unsynced);
            } catch (ApiError denied) {
                error = Optional.of(ERROR + denied.message());
            }
        }
        var reconciliation = new Reconciliation(
                clock.now(),
                ref,
                run.calls(),
                run.request(),
                Optional.of(response),
                List.copyOf(composer.created),
                Map.copyOf(composer.changed),
                List.copyOf(composer.deleted),
                error.or(() -> CompositeStatus.unsyncedMessage(composer.unsynced)));
        if (error.isPresent()) {
            return failed(reconciliation);
        }
        history.add(reconciliation);
        return response.ttl()
                .<ReconcileResult>map(ttl -> new ReconcileResult.RequeueAfter(clock.jittered(ttl)))
                .orElse(new ReconcileResult.Done());
    }

    private ReconcileResult notCalled(Ref ref, int calls, PipelineRequest request, String error) {
        return failed(
                Reconciliation.ofCall(clock.now(), ref, calls, request, Optional.empty(), Optional.of(ERROR + error)));
    }

    private void applyStatus(Ref ref, PipelineResponse response, List<String> unsynced) {
        var identity = obj(
                field("apiVersion", ref.apiVersion()),
                field("kind", ref.kind()),
                field("metadata", Manifests.metadata(ref.namespace(), ref.name())));
        host.apply(AppliedFields.COMPOSITE, JsonEdit.set(identity, response.status(), "status"));
        var open = breaker(ref).filter(CircuitBreaker::open).isPresent();
        host.update(ref, object -> CompositeStatus.composed(object, response, unsynced, open, clock.now()));
    }

    private ReconcileResult failed(Reconciliation reconciliation) {
        history.add(reconciliation);
        // The conditions beside a fatal result are recorded; those of a response that could not be applied are lost.
        var fatal =
                reconciliation.response().filter(response -> response.fatal().isPresent());
        host.update(
                reconciliation.composite(),
                object -> CompositeStatus.failed(
                        object, fatal, reconciliation.error().orElse(""), clock.now()));
        return new ReconcileResult.Requeue();
    }

    private void indexResources(Json.Obj composite) {
        var ref = Ref.of(composite);
        compositeOfResource.values().removeIf(ref::equals);
        Ref.composed(composite).forEach(resource -> compositeOfResource.put(resource, ref));
    }
}
