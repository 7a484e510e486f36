package io.functionenvironment.plan;

import io.functionenvironment.preview.PreviewResult;
import io.functionenvironment.simulation.Ref;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What will happen to an Environment.
 *
 * @param changes of components, in their order
 * @param entries all that happens, in its order
 * @param ready whether the Environment is ready in the end
 * @param took simulated time until the last of it
 * @param missing conditions that are not True in the end, with their messages
 * @param refused why nothing, or not everything, of it will be carried out
 * @param inferred the resources whose connection Secrets were not read and count as written
 * @param notRun other steps of the Composition
 * @param unread resources that the Environment refers to and that were not read
 * @param unanswered what the function looks up for values of apps and was not read, with why
 */
public record PlanResult(
        Ref environment,
        List<Change> changes,
        List<PreviewResult.Entry> entries,
        boolean ready,
        Duration took,
        List<String> missing,
        Optional<String> refused,
        List<Ref> inferred,
        List<String> notRun,
        List<Ref> unread,
        Map<Ref, String> unanswered) {

    /** What it comes to. */
    public enum Outcome {
        UNCHANGED,
        CHANGED,
        REFUSED
    }

    public Outcome outcome() {
        return refused.isPresent() ? Outcome.REFUSED : changes.isEmpty() ? Outcome.UNCHANGED : Outcome.CHANGED;
    }

    /** Components that are there in the end, and were not before. */
    public Set<String> created() {
        return components(
                component -> isFirst(component, Change.Action.CREATED) && !isLast(component, Change.Action.REMOVED));
    }

    /** Components that were there before, and are not in the end. */
    public Set<String> removed() {
        return components(
                component -> !isFirst(component, Change.Action.CREATED) && isLast(component, Change.Action.REMOVED));
    }

    /** Components that are there before and in the end, and change. */
    public Set<String> changed() {
        return components(
                component -> !isFirst(component, Change.Action.CREATED) && !isLast(component, Change.Action.REMOVED));
    }

    /** Components that restart, some of those that change. */
    public Set<String> restarted() {
        return components(
                component -> of(component).stream().anyMatch(change -> change.action() == Change.Action.RESTARTED));
    }

    private Set<String> components(Predicate<String> matches) {
        var names = new TreeSet<String>();
        changes.stream().map(Change::component).filter(matches).forEach(names::add);
        return names;
    }

    private boolean isFirst(String component, Change.Action action) {
        return of(component).getFirst().action() == action;
    }

    private boolean isLast(String component, Change.Action action) {
        return of(component).getLast().action() == action;
    }

    private List<Change> of(String component) {
        return changes.stream()
                .filter(change -> change.component().equals(component))
                .toList();
    }
}
