package io.functionenvironment.plan;

import io.functionenvironment.Evaluation;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.preview.InProcessFunction;
import io.functionenvironment.preview.Timeline;
import io.functionenvironment.simulation.Reconciliation;
import io.functionenvironment.simulation.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happens to one component.
 *
 * @param at the time since the start, in the simulation
 * @param component its composition-resource-name
 * @param kind of its resource
 * @param name of its resource; empty if it is not known
 * @param paths of the fields that change; empty if it does not change
 */
public record Change(
        Duration at, Action action, String component, String kind, Optional<String> name, List<String> paths) {
    /** What happens. */
    public enum Action {
        CREATED,
        CHANGED,
        RESTARTED,
        REMOVED
    }

    /** What a reconciliation changes, in the order in which Crossplane does it. */
    static List<Change> of(Reconciliation pass, List<Decision> decisions, Instant start) {
        var changes = new ArrayList<Change>();
        var at = Duration.between(start, pass.at());
        pass.deleted().forEach(name -> changes.add(of(pass, at, Action.REMOVED, name, List.of())));
        pass.created().forEach(name -> changes.add(of(pass, at, Action.CREATED, name, List.of())));
        for (var name : new TreeSet<>(pass.changed().keySet())) {
            var fields = Timeline.changedFields(pass, name);
            if (!fields.isEmpty()) {
                changes.add(of(pass, at, Action.CHANGED, name, fields));
            }
            decisions.stream()
                    .filter(decision -> decision.name().equals(name) && Timeline.restarts(decision, fields))
                    .forEach(ignored -> changes.add(of(pass, at, Action.RESTARTED, name, List.of())));
        }
        return changes;
    }

    private static Change of(Reconciliation pass, Duration at, Action action, String component, List<String> paths) {
        var observed =
                Optional.ofNullable(pass.request().observed().get(component)).map(seen -> Ref.of(seen.body()));
        var kind = observed.map(Ref::kind)
                .or(() -> pass.response()
                        .map(response -> response.desired().get(component))
                        .map(desired -> Ref.of(desired.body()).kind()));
        return new Change(at, action, component, kind.orElse(""), observed.map(Ref::name), paths);
    }

    /** Without the name of its resource, unless it is one that was observed: the names of new ones are Crossplane's to choose. */
    Change named(Set<String> observed) {
        return new Change(at, action, component, kind, name.filter(observed::contains), paths);
    }

    /** What the function decided in a reconciliation; nothing if it refused. */
    static List<Decision> decisions(InProcessFunction function, Reconciliation pass) {
        return function.evaluation(pass.request())
                .map(evaluation -> evaluation instanceof Evaluation.Evaluated evaluated
                        ? evaluated.decisions()
                        : List.<Decision>of())
                .orElse(List.of());
    }
}
