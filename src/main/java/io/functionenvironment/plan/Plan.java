package io.functionenvironment.plan;

import static java.util.stream.Collectors.toSet;

import io.functionenvironment.json.Json;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.preview.PreviewResult;
import io.functionenvironment.preview.SimulatedEnvironment;
import io.functionenvironment.preview.Timeline;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Predicts what happens to one Environment: starts a simulation from its state, applies what changes, and lets time pass until
 * nothing happens any more. What the function of this build answers to the state as it is, is where the report begins.
 */
public final class Plan {
    /** The longest simulated time; clusters of clouds take half of it. */
    private static final Duration LIMIT = Duration.ofMinutes(90);

    /** Longer than the longest retry interval of a provider. */
    private static final Duration QUIET = Duration.ofMinutes(12);

    private final PlanRequest request;
    private final FunctionStep step;
    /** What the function looks up by name. */
    private final Set<Ref> required;
    /** The names of the resources that were observed. */
    private final Set<String> observed;

    private final InProcessFunction function = new InProcessFunction();
    private final Timeline timeline = new Timeline();
    private final List<Change> changes = new ArrayList<>();
    private final List<PreviewResult.Entry> entries = new ArrayList<>();

    private Plan(PlanRequest request) {
        this.request = request;
        this.observed = request.live().stream()
                .flatMap(live -> request.state().resources(live).stream())
                .map(resource -> Ref.of(resource).name())
                .collect(toSet());
        this.step = request.step();
        this.required = request.required(function);
    }

    /**
     * The prediction.
     *
     * @throws UnreadableState if the Environment is neither observed nor requested, or is being deleted
     */
    public static PlanResult of(PlanRequest request) {
        return new Plan(request).run();
    }

    private PlanResult run() {
        var environment = request.live()
                .or(request::changed)
                .orElseThrow(() -> new UnreadableState("there is no Environment: neither in the state, nor requested"));
        if (environment.at("metadata", "deletionTimestamp").isPresent()) {
            throw new UnreadableState(
                    Ref.of(environment) + " metadata.deletionTimestamp: is set; an Environment that is"
                            + " being deleted has no plan, because Crossplane does not call functions for it");
        }
        timeline.startAt(request.now());
        var refusedBefore = request.live().flatMap(this::prime);
        var simulation = simulation(request.offeredThen());
        var inferred = request.live()
                .map(some -> simulation.restore(some, resources(some)))
                .orElse(List.of());
        request.changed().ifPresent(simulation::apply);
        others().forEach(simulation::create);
        play(simulation);
        simulation.history().forEach(this::report);
        var seen = new SimulatedEnvironment(simulation, Ref.of(environment));
        return new PlanResult(
                Ref.of(environment),
                List.copyOf(changes),
                List.copyOf(entries),
                seen.ready(),
                entries.isEmpty() ? Duration.ZERO : entries.getLast().at(),
                seen.ready() ? List.of() : seen.missing(),
                refused(simulation, seen, refusedBefore),
                inferred,
                step.others(),
                request.live().map(request.state()::missing).orElse(List.of()),
                unanswered());
    }

    /** What the function looks up and was not read, with why. */
    private Map<Ref, String> unanswered() {
        var unanswered = new LinkedHashMap<>(request.state().unread());
        unanswered.keySet().retainAll(required);
        return Collections.unmodifiableMap(unanswered);
    }

    /** What the function looks up and exists, without what somebody who is not simulated would have to do something about. */
    private List<Json.Obj> others() {
        return required.stream()
                .flatMap(ref -> request.state().get(ref).stream())
                .map(object -> JsonEdit.remove(object, "metadata", "ownerReferences"))
                .map(object -> JsonEdit.remove(object, "metadata", "finalizers"))
                .map(object -> JsonEdit.remove(object, "metadata", "deletionTimestamp"))
                .toList();
    }

    private List<Json.Obj> resources(Json.Obj live) {
        return request.state().resources(live);
    }

    private Simulation simulation(Offered settings) {
        // The shipped runtime configuration of provider-kubernetes enables watches.
        var options = SimulationOptions.DEFAULT
                .withStart(request.now())
                .withInput(settings.input())
                .withWatches(true)
                .withUnknown(request.state().unread().keySet());
        var simulation = new Simulation(function, options);
        simulation.settings(settings.config().map(config -> config.object("data")));
        return simulation;
    }

    /** Notes what the function answers to the state as it is, so that only what differs is reported; returns what it refuses. */
    private Optional<String> prime(Json.Obj live) {
        var simulation = simulation(request.offered());
        simulation.restore(live, resources(live));
        others().forEach(simulation::create);
        var answer = simulation.ask(Ref.of(live));
        timeline.note(answer, Change.decisions(function, answer));
        return answer.response().stream()
                .flatMap(response -> response.conditions().stream())
                .filter(condition -> condition.type().equals("Accepted")
                        && !condition.status().equals("True"))
                .map(condition -> condition.type() + ": " + condition.message())
                .findFirst();
    }

    private static void play(Simulation simulation) {
        var end = simulation.now().plus(LIMIT);
        while (simulation.now().isBefore(end)) {
            var before = simulation.host().version();
            simulation.advance(quiet(simulation));
            if (simulation.host().version() == before) {
                return;
            }
        }
    }

    /** Longer than until the function wants to be called again. */
    private static Duration quiet(Simulation simulation) {
        var history = simulation.history();
        return history.isEmpty()
                ? QUIET
                : history.getLast()
                        .response()
                        .flatMap(response -> response.ttl())
                        .map(ttl -> ttl.plus(ttl.dividedBy(4)))
                        .filter(ttl -> ttl.compareTo(QUIET) > 0)
                        .orElse(QUIET);
    }

    private void report(Reconciliation pass) {
        var decisions = Change.decisions(function, pass);
        Change.of(pass, decisions, request.now()).forEach(change -> changes.add(change.named(observed)));
        timeline.report(pass, decisions).ifPresent(entries::add);
    }

    /** What Crossplane or the function refuses in the end, unless the function refuses the same of the state as it is. */
    private static Optional<String> refused(
            Simulation simulation, SimulatedEnvironment environment, Optional<String> before) {
        var history = simulation.history();
        var error =
                history.isEmpty() ? Optional.<String>empty() : history.getLast().error();
        return error.or(() -> environment.refused().filter(refused -> !before.equals(Optional.of(refused))));
    }
}
