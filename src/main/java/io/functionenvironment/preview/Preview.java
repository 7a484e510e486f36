package io.functionenvironment.preview;

import io.functionenvironment.Evaluation;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.InjectedFault;
import io.functionenvironment.simulation.JsonEdit;
import io.functionenvironment.simulation.PipelineRequest;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.simulation.Ref;
import io.functionenvironment.simulation.Simulation;
import io.functionenvironment.simulation.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets an Environment come up in a simulated control plane, and tells what happens. */
public final class Preview {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    /** Longer than any provider lets pass before it tries again. */
    private static final Duration QUIET = Duration.ofMinutes(12);

    private final PreviewRequest wish;
    private final Simulation simulation;
    private final Ref environment;
    private final InProcessFunction function = new InProcessFunction();
    private final Timeline narrator = new Timeline();
    private final List<TimelineEntry> moments = new ArrayList<>();
    private int told;

    private Preview(PreviewRequest wish) {
        this.wish = wish;
        var defaults = SimulationOptions.DEFAULT;
        this.simulation = new Simulation(
                function, defaults.withStart(PreviewRequest.START).withInput(wish.input()));
        simulation.settings(wish.config().map(config -> config.object("data")));
        this.environment = simulation.apply(wish.environment());
    }

    public static PreviewResult of(PreviewRequest wish) {
        return new Preview(wish).play();
    }

    private PreviewResult play() {
        var end = PreviewRequest.START.plus(LIMIT);
        while (!over() && simulation.now().isBefore(end)) {
            var before = simulation.host().version();
            var quiet = simulation.now().plus(QUIET);
            var left = Duration.between(simulation.now(), quiet.isBefore(end) ? quiet : end);
            simulation.runUntil(() -> tell() && over(), left);
            if (simulation.host().version() == before) {
                break;
            }
        }
        var history = simulation.history();
        var last = history.isEmpty() ? Duration.ZERO : Duration.between(PreviewRequest.START, simulation.now());
        var calls = history.stream().mapToInt(Reconciliation::calls).sum();
        return new PreviewResult(
                ready(), List.copyOf(moments), last, calls, ready() ? List.of() : missing(), resources());
    }

    /** Tells of passes that were not told of yet; says whether there were any. */
    private boolean tell() {
        var history = simulation.history();
        var news = history.size() > told;
        for (; told < history.size(); told++) {
            var pass = history.get(told);
            narrator.tell(pass, decisions(pass)).ifPresent(moments::add);
            fail(pass);
        }
        return news;
    }

    private List<Decision> decisions(Reconciliation pass) {
        return function.evaluation(pass.request())
                .map(evaluation -> evaluation instanceof Evaluation.Evaluated evaluated
                        ? evaluated.decisions()
                        : List.<Decision>of())
                .orElse(List.of());
    }

    private void fail(Reconciliation pass) {
        for (var failing : wish.failures()) {
            var component = failing.name().equals("cluster") ? "cluster" : "app-" + failing.name();
            if (pass.created().contains(component)) {
                pass.response()
                        .flatMap(answer -> Optional.ofNullable(answer.desired().get(component)))
                        .flatMap(wanted -> wanted.body().text("metadata", "annotations", "crossplane.io/external-name"))
                        .ifPresent(release -> simulation.inject(mishap(failing, release)));
            }
        }
    }

    private static InjectedFault mishap(PreviewRequest.Failing failing, String release) {
        return failing.message()
                .<InjectedFault>map(message -> new InjectedFault.InstallFails(release, Integer.MAX_VALUE, message))
                .orElseGet(() -> failing.name().equals("cluster")
                        ? new InjectedFault.ClusterDown(release)
                        : new InjectedFault.ChartMissing(release));
    }

    private boolean over() {
        return ready()
                || wish.passes()
                        .filter(most -> simulation.history().size() >= most)
                        .isPresent();
    }

    private boolean ready() {
        return conditions()
                .anyMatch(condition -> condition
                                .text("type")
                                .filter("Ready"::equals)
                                .isPresent()
                        && condition.text("status").filter("True"::equals).isPresent());
    }

    /** The conditions that are not as they should be, but for the one that follows from the others. */
    private List<String> missing() {
        return conditions()
                .filter(condition ->
                        !condition.text("type").filter("Ready"::equals).isPresent())
                .filter(condition ->
                        !condition.text("status").filter("True"::equals).isPresent())
                .filter(condition ->
                        !condition.text("reason").filter("NotRequested"::equals).isPresent())
                .map(condition -> condition.text("type").orElse("") + ": "
                        + condition
                                .text("message")
                                .or(() -> condition.text("reason"))
                                .orElse(""))
                .toList();
    }

    private Stream<Json> conditions() {
        return simulation.get(environment).stream().flatMap(found -> found.items("status", "conditions").stream());
    }

    /** As the last pass desired them, under the names that Crossplane chose. */
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
        var marked = JsonEdit.set(
                JsonEdit.set(body, environment.namespace(), "metadata", "namespace"),
                key,
                "metadata",
                "annotations",
                "crossplane.io/composition-resource-name");
        return observed.map(seen -> JsonEdit.set(marked, Ref.of(seen.body()).name(), "metadata", "name"))
                .orElseGet(() -> JsonEdit.set(marked, environment.name() + "-", "metadata", "generateName"));
    }
}
