package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Crossplane itself, with realtime compositions: looks at a composite when it or anything composed for it changes. */
final class CompositeController {
    private static final String FINALIZER = "composite.apiextensions.crossplane.io";
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Cluster host;
    private final Timeline timeline;
    private final InjectedFaults mishaps;
    private final Requirements requirements;
    private final Optional<Json.Obj> input;
    private final WorkQueue queue;
    private final Map<Ref, CircuitBreaker> breakers = new LinkedHashMap<>();
    private final Map<Ref, Ref> composites = new HashMap<>();
    private final List<Reconciliation> history = new ArrayList<>();

    CompositeController(
            Cluster host,
            Timeline timeline,
            InjectedFaults mishaps,
            Requirements requirements,
            Optional<Json.Obj> input) {
        this.host = host;
        this.timeline = timeline;
        this.mishaps = mishaps;
        this.requirements = requirements;
        this.input = input;
        this.queue = new WorkQueue(timeline, LONGEST_RETRY, this::reconcile);
        host.watch(this::changed);
    }

    /** Takes care of a composite from now on. */
    void adopt(Ref composite) {
        breakers.computeIfAbsent(composite, ref -> new CircuitBreaker(timeline.now()));
        queue.add(composite);
    }

    List<Reconciliation> history() {
        return List.copyOf(history);
    }

    Optional<CircuitBreaker> breaker(Ref composite) {
        return Optional.ofNullable(breakers.get(composite));
    }

    private void changed(Change change) {
        if (breakers.containsKey(change.ref())) {
            change.after().ifPresent(this::index);
        }
        if (change.after().isEmpty() && breakers.get(change.ref()) instanceof CircuitBreaker breaker) {
            breaker.forget();
        }
        var composite = breakers.containsKey(change.ref()) ? change.ref() : composites.get(change.ref());
        if (composite != null && breakers.get(composite) instanceof CircuitBreaker breaker) {
            if (breaker.allows(change, timeline.now())) {
                queue.add(composite);
            }
        }
    }

    private Outcome reconcile(Ref ref) {
        var found = host.get(ref);
        if (found.isEmpty()) {
            return new Outcome.Done();
        }
        if (found.get().at("metadata", "deletionTimestamp").isPresent()) {
            host.update(ref, object -> JsonEdit.withoutFinalizer(object, FINALIZER));
            return new Outcome.Done();
        }
        host.update(ref, object -> JsonEdit.withFinalizer(object, FINALIZER));
        host.update(
                ref, object -> JsonEdit.set(object, Composed.label(object), "metadata", "labels", Composed.COMPOSITE));
        return compose(ref, host.get(ref).orElseThrow());
    }

    private Outcome compose(Ref ref, Json.Obj composite) {
        var observed = observe(composite);
        if (mishaps.has(new InjectedFault.Stopped(InjectedFault.Program.FUNCTION))) {
            var call = new Call(composite, observed, input, Map.of());
            return failed(
                    ref,
                    new Reconciliation(
                            timeline.now(),
                            ref,
                            1,
                            call,
                            Optional.empty(),
                            List.of(),
                            Map.of(),
                            List.of(),
                            Optional.of(
                                    "cannot compose resources: cannot run Composition pipeline step \"environment\": rpc error:"
                                            + " code = Unavailable desc = connection refused")));
        }
        var settled = requirements.call(composite, observed, input);
        var answer = settled.answer();
        var pass = new Reconciliation(
                timeline.now(),
                ref,
                settled.calls(),
                settled.call(),
                Optional.of(answer),
                List.of(),
                Map.of(),
                List.of(),
                answer.fatal()
                        .map(why -> "cannot compose resources: pipeline step \"environment\" returned a"
                                + " fatal result: " + why));
        if (answer.fatal().isPresent()) {
            return failed(ref, pass);
        }
        var composer = new Composer(host, timeline);
        Optional<String> error = Optional.empty();
        try {
            composer.compose(composite, observed, answer.desired());
            status(ref, answer);
        } catch (ApiError refused) {
            error = Optional.of("cannot compose resources: " + refused.words());
        }
        var done = new Reconciliation(
                pass.at(),
                ref,
                pass.calls(),
                pass.call(),
                pass.answer(),
                List.copyOf(composer.created),
                Map.copyOf(composer.changed),
                List.copyOf(composer.removed),
                error);
        if (error.isPresent()) {
            return failed(ref, done);
        }
        history.add(done);
        return answer.ttl()
                .<Outcome>map(ttl -> new Outcome.Later(timeline.jittered(ttl)))
                .orElse(new Outcome.Done());
    }

    private void status(Ref ref, Answer answer) {
        host.apply("apiextensions.crossplane.io/composite", JsonEdit.set(identity(ref), answer.status(), "status"));
        var open = breaker(ref).filter(CircuitBreaker::open).isPresent();
        host.update(ref, object -> CompositeStatus.composed(object, answer, open, timeline.now()));
    }

    private Outcome failed(Ref ref, Reconciliation pass) {
        history.add(pass);
        // What a function says beside a fatal result is recorded; where applying fails it is lost.
        var fatal = pass.answer().filter(answer -> answer.fatal().isPresent());
        host.update(
                ref,
                object -> CompositeStatus.failed(object, fatal, pass.error().orElse(""), timeline.now()));
        return new Outcome.Retry();
    }

    /** What its references lead to. */
    private Map<String, Call.Seen> observe(Json.Obj composite) {
        var observed = new LinkedHashMap<String, Call.Seen>();
        refs(composite).stream()
                .flatMap(ref -> host.get(ref).stream())
                .forEach(object -> object.text("metadata", "annotations", Composed.RESOURCE)
                        .ifPresent(key -> observed.put(key, new Call.Seen(object, Secrets.details(host, object)))));
        return observed;
    }

    private void index(Json.Obj composite) {
        var ref = Ref.of(composite);
        composites.values().removeIf(ref::equals);
        refs(composite).forEach(composed -> composites.put(composed, ref));
    }

    private static List<Ref> refs(Json.Obj composite) {
        return composite.items("spec", "crossplane", "resourceRefs").stream()
                .map(ref -> new Ref(
                        ref.text("apiVersion").orElse(""),
                        ref.text("kind").orElse(""),
                        Ref.of(composite).namespace(),
                        ref.text("name").orElse("")))
                .toList();
    }

    private static Json.Obj identity(Ref ref) {
        return Json.obj(
                Json.field("apiVersion", ref.apiVersion()),
                Json.field("kind", ref.kind()),
                Json.field(
                        "metadata",
                        Json.obj(Json.field("name", ref.name()), Json.field("namespace", ref.namespace()))));
    }
}
