package io.functionenvironment.status;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.removal.EnvironmentDeletionGuard;
import io.functionenvironment.status.ConditionReason.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns decisions into a report. It knows owners and states, and neither kinds of cluster nor add-ons. */
public final class Reporter {
    private Reporter() {}

    /**
     * What owners contribute to the report.
     *
     * @param subjects what has a condition, in the order of the report; the cluster first
     * @param connect how to connect to the cluster
     * @param sections fields of the status
     */
    public record Contributions(
            List<Subject> subjects,
            Optional<ClusterStatus> cluster,
            Optional<String> connect,
            List<Json.Field> sections) {}

    public static Report report(
            Progress progress, Contributions contributions, List<FieldError> errors, Inputs inputs) {
        var accepted = Conditions.accepted(errors);
        var reported = new Conditions(progress);
        var conditions = contributions.subjects().stream().map(reported::of).toList();
        var ready = contributions.subjects().stream().noneMatch(reported::holdsReady);
        var removals = PendingRemovals.of(progress, inputs);
        var refused = new EnvironmentDeletionGuard(
                        inputs.observed(), inputs.environment().identity().hash())
                .deletionRefused();
        var all = Stream.concat(Stream.of(accepted), conditions.stream()).toList();
        return new Report(
                all,
                Events.of(all, progress, inputs.observed()),
                new EnvironmentStatus(
                        Summary.of(
                                accepted,
                                contributions.subjects(),
                                conditions,
                                reported,
                                contributions.cluster(),
                                removals.names(),
                                refused),
                        contributions.cluster(),
                        contributions.connect(),
                        contributions.sections(),
                        removals.all(),
                        configRequired(inputs)),
                ready,
                new ResponseTtl(progress, removals, contributions.subjects(), inputs).of(ready));
    }

    private static Optional<Boolean> configRequired(Inputs inputs) {
        var required = inputs.settings().requireConfig();
        return required || inputs.memory().configRequired() ? Optional.of(required) : Optional.empty();
    }

    /**
     * The conditions when nothing can be done: Crossplane then changes nothing, and the conditions stay as they are, too.
     *
     * @param types of the other conditions
     */
    public static List<StatusCondition> refusal(List<FieldError> errors, List<String> types, Observed observed) {
        return Stream.concat(
                        Stream.of(Conditions.accepted(errors)), types.stream().map(type -> repeated(type, observed)))
                .toList();
    }

    private static StatusCondition repeated(String type, Observed observed) {
        return observed.composite()
                .condition(type)
                .filter(old -> !old.reason().isEmpty())
                .map(old -> new StatusCondition(type, value(old), old.reason(), old.message()))
                .orElseGet(() -> new StatusCondition(
                        type,
                        Value.UNKNOWN,
                        ConditionReason.INVALID.word(),
                        "Unknown: nothing is changed until the errors in the condition Accepted are fixed."));
    }

    private static Value value(Condition condition) {
        return switch (condition.status()) {
            case "True" -> Value.TRUE;
            case "False" -> Value.FALSE;
            default -> Value.UNKNOWN;
        };
    }
}
