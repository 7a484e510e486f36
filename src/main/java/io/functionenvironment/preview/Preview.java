package io.functionenvironment.preview;

import io.functionenvironment.Evaluation;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.PipelineRequest;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the function for one Environment in a simulated control plane, and records what happens. */
public final class Preview {
    /** The longest simulated time. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** After this time, an Environment that is ready does not change any more. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    /** Longer than the longest retry interval of a provider. */
    private static final Duration QUIET = Duration.ofMinutes(12);

    private final PreviewRequest request;
    private final Simulation simulation;
    private final SimulatedEnvironment environment;
    private final InProcessFunction function = new InProcessFunction();
    private final Timeline timeline = new Timeline();
    private final List<PreviewResult.Entry> entries = new ArrayList<>();
    private Instant start = PreviewRequest.START;
    /** The number of reconciliations before the change. */
    private int before;

    private final FailureInjection failures;
    private int reported;
    private Optional<ComponentGraph> graph = Optional.empty();

    private Preview(PreviewRequest request) {
        this.request = request;
        var defaults = SimulationOptions.DEFAULT;
        this.simulation = new Simulation(
                function, defaults.withStart(PreviewRequest.START).withInput(request.input()));
        this.failures = new FailureInjection(request.failures(), simulation);
        simulation.settings(request.config().map(config -> config.object("data")));
        this.environment = new SimulatedEnvironment(
                simulation, simulation.apply(request.from().orElse(request.environment())));
        new OtherResources(request).all().forEach(simulation::create);
    }

    /** Simulates until the Environment is ready, nothing changes any more, or the limit of the request or 30 minutes are reached. */
    public static PreviewResult of(PreviewRequest request) {
        return new Preview(request).run();
    }

    private PreviewResult run() {
        request.from().ifPresent(ignored -> change());
        simulate();
        var history = simulation.history();
        var took = history.isEmpty() ? Duration.ZERO : Duration.between(start, simulation.now());
        var calls =
                history.stream().skip(before).mapToInt(Reconciliation::calls).sum();
        return new PreviewResult(
                environment.ready(),
                stopped(),
                environment.refused(),
                List.copyOf(entries),
                took,
                calls,
                environment.ready() ? List.of() : environment.missing(),
                environment.bill(),
                Rules.of(request.input(), request.config()).of(environment.ref().namespace()),
                resources(),
                graph);
    }

    /** Brings the Environment to where it was before the change, and changes it. Only what happens from then on is reported. */
    private void change() {
        simulate();
        simulation.advance(SETTLED);
        report();
        var unlike = environment.missing();
        entries.clear();
        start = simulation.now();
        timeline.startAt(start);
        before = simulation.history().size();
        if (!unlike.isEmpty()) {
            entries.add(new PreviewResult.Entry(
                    Duration.ZERO,
                    unlike.stream()
                            .map(text -> new PreviewResult.Line(PreviewResult.Mark.FAILS, "before", text))
                            .toList()));
        }
        simulation.apply(request.environment());
        failures.beginAll();
    }

    private void simulate() {
        var end = simulation.now().plus(LIMIT);
        while (!finished() && simulation.now().isBefore(end)) {
            var before = simulation.host().version();
            var quiet = simulation.now().plus(QUIET);
            var left = Duration.between(simulation.now(), quiet.isBefore(end) ? quiet : end);
            simulation.runUntil(() -> report() && finished(), left);
            if (simulation.host().version() == before) {
                break;
            }
        }
    }

    /** Reports new reconciliations; returns whether there are any. */
    private boolean report() {
        var history = simulation.history();
        var changed = history.size() > reported;
        for (; reported < history.size(); reported++) {
            var pass = history.get(reported);
            failures.note(pass);
            timeline.report(pass, decisions(pass)).ifPresent(entries::add);
            if (request.from().isEmpty() || before > 0) {
                failures.begin(pass.created());
            }
        }
        return changed;
    }

    private List<Decision> decisions(Reconciliation pass) {
        return function.evaluation(pass.request()).map(this::decisions).orElse(List.of());
    }

    private List<Decision> decisions(Evaluation evaluation) {
        if (evaluation instanceof Evaluation.Evaluated evaluated) {
            graph = Optional.of(evaluated.graph());
            return evaluated.decisions();
        }
        return List.of();
    }

    private boolean finished() {
        return simulation.history().size() > before && ((environment.ready() && !environment.removes()) || stopped());
    }

    private boolean stopped() {
        return request.reconciliations()
                .filter(most -> simulation.history().size() - before >= most)
                .filter(ignored -> request.from().isEmpty() || before > 0)
                .isPresent();
    }

    /** The resources that the last reconciliation desired, with the names that Crossplane generated. */
    private List<Json.Obj> resources() {
        var history = simulation.history();
        if (history.isEmpty() || history.getLast().response().isEmpty()) {
            return List.of();
        }
        var last = history.getLast();
        return last.response().orElseThrow().desired().entrySet().stream()
                .map(entry -> named(
                        entry.getKey(),
                        entry.getValue().body(),
                        Optional.ofNullable(last.request().observed().get(entry.getKey()))))
                .toList();
    }

    private Json.Obj named(String key, Json.Obj body, Optional<PipelineRequest.ObservedResource> observed) {
        var annotated = JsonEdit.set(
                JsonEdit.set(body, environment.ref().namespace(), "metadata", "namespace"),
                key,
                "metadata",
                "annotations",
                "crossplane.io/composition-resource-name");
        return observed.map(seen -> JsonEdit.set(annotated, Ref.of(seen.body()).name(), "metadata", "name"))
                .orElseGet(() -> JsonEdit.set(annotated, environment.ref().name() + "-", "metadata", "generateName"));
    }
}
