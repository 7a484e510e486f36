package io.functionenvironment;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.crossplane.observed.Requirement.Match;
import io.functionenvironment.crossplane.wire.ResponseContent;
import io.functionenvironment.crossplane.wire.ResponseContent.Condition;
import io.functionenvironment.crossplane.wire.ResponseContent.ConditionStatus;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredComposite;
import io.functionenvironment.crossplane.wire.ResponseContent.DesiredResource;
import io.functionenvironment.crossplane.wire.ResponseContent.Result;
import io.functionenvironment.crossplane.wire.ResponseContent.Severity;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.resource.Tracking;
import io.functionenvironment.status.StatusCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an evaluation says in a response. */
final class EvaluationResponse {
    /** The reason of the fatal result. */
    private static final String INVALID = "Refused";

    private EvaluationResponse() {}

    static ResponseContent of(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Refused(var errors, var conditions) ->
                ResponseContent.fatal(
                        INVALID,
                        "nothing was changed, because of these errors: "
                                + String.join(
                                        "; ",
                                        errors.stream()
                                                .map(FieldError::toString)
                                                .toList()),
                        conditions(conditions));
            case Evaluation.Evaluated evaluated -> evaluated(evaluated);
        };
    }

    private static ResponseContent evaluated(Evaluation.Evaluated evaluated) {
        var report = evaluated.report();
        return new ResponseContent(
                evaluated.decisions().stream()
                        .flatMap(decision -> decision.desired().stream()
                                // Crossplane waits for each of them, also for those that an Environment does not need.
                                .map(body ->
                                        new DesiredResource(decision.name(), body, decision.ready() || report.ready())))
                        .toList(),
                Optional.of(new DesiredComposite(report.status().json(), report.ready())),
                conditions(report.conditions()),
                report.events().stream()
                        .map(event -> new Result(
                                event.warning() ? Severity.WARNING : Severity.NORMAL, event.reason(), event.message()))
                        .toList(),
                requirements(evaluated),
                Optional.of(report.ttl()));
    }

    private static List<Condition> conditions(List<StatusCondition> conditions) {
        return conditions.stream()
                .map(condition -> new Condition(
                        condition.type(),
                        switch (condition.value()) {
                            case TRUE -> ConditionStatus.TRUE;
                            case FALSE -> ConditionStatus.FALSE;
                            case UNKNOWN -> ConditionStatus.UNKNOWN;
                        },
                        condition.reason(),
                        condition.message()))
                .toList();
    }

    /** Looks up what is planned with, and what Crossplane may no longer track, while something waits for it to be gone. */
    private static List<Requirement> requirements(Evaluation.Evaluated evaluated) {
        var composite = evaluated.observed().composite();
        var namespace = composite.body().text("metadata", "namespace").orElse("");
        var labels = Map.of(Tracking.ENVIRONMENT, evaluated.graph().environment());
        var untracked = new UntrackedResources(
                        evaluated.observed(), evaluated.graph().environment())
                .types(evaluated.graph()).stream()
                        .map(gvk -> new Requirement(Observed.lookup(gvk), gvk, namespace, new Match.ByLabels(labels)));
        return Stream.concat(untracked, evaluated.requirements().stream()).toList();
    }
}
