package io.functionenvironment.status;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.api.settings.Timing;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.resource.Usage;
import io.functionenvironment.status.StatusCondition.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns decisions into words. */
public final class Reporter {
    private Reporter() {}

    public static Report report(
            List<Decision> decisions,
            Cluster cluster,
            Apps apps,
            List<FieldError> errors,
            Observed observed,
            Timing timing,
            Instant now) {
        var progress = Progress.of(decisions, apps, errors);
        var conditions = Conditions.of(progress);
        var leaving = PendingRemovals.of(decisions, observed);
        return new Report(
                conditions,
                events(conditions, decisions, observed),
                new StatusWriter(progress, cluster.facts(), leaving, observed).of(conditions),
                progress.clusterReady() && progress.appsReady(),
                new ResponseTtl(progress, leaving, observed, timing).from(now));
    }

    /** What is to be said when nothing can be done: Crossplane then changes nothing, and neither do the other conditions. */
    public static List<StatusCondition> refusal(List<FieldError> errors, Observed observed) {
        var conditions = new ArrayList<StatusCondition>();
        conditions.add(ConditionReason.NOT_ACCEPTED.says(Conditions.sentences(errors)));
        for (var unknown : ConditionReason.values()) {
            if (unknown.value() == Value.UNKNOWN) {
                conditions.add(observed.composite()
                        .condition(unknown.type())
                        .filter(old -> !old.reason().isEmpty())
                        .map(old -> new StatusCondition(unknown.type(), value(old), old.reason(), old.message()))
                        .orElseGet(() -> unknown.says("Nothing is done until this is mended.")));
            }
        }
        return List.copyOf(conditions);
    }

    private static Value value(Condition condition) {
        return switch (condition.status()) {
            case "True" -> Value.TRUE;
            case "False" -> Value.FALSE;
            default -> Value.UNKNOWN;
        };
    }

    /** Only what is new with this call: Crossplane calls again and again, and an event each time would bury the others. */
    private static List<Event> events(List<StatusCondition> conditions, List<Decision> decisions, Observed observed) {
        var events = new ArrayList<Event>();
        for (var condition : conditions) {
            var old = observed.composite().condition(condition.type());
            var same = old.filter(was -> was.status().equals(condition.value().word())
                            && was.reason().equals(condition.reason()))
                    .isPresent();
            var good = condition.value() == Value.TRUE && !condition.reason().equals(Conditions.NOT_REQUESTED);
            var bad = condition.reason().equals(Conditions.FAILING)
                    || condition.reason().equals(Conditions.NOT_ACCEPTED);
            var news = good && (old.isPresent() || !condition.type().equals(Conditions.ACCEPTED));
            if (!same && (news || bad)) {
                events.add(new Event(bad, reason(condition, bad), condition.message()));
            }
        }
        for (var decision : decisions) {
            if (decision.state() instanceof ComponentState.Removed(var word)
                    && observed.has(decision.name())
                    && !(decision.component().resource() instanceof Usage)) {
                events.add(new Event(false, "Removed", Progress.name(decision.name()) + " " + word));
            }
        }
        return List.copyOf(events);
    }

    private static String reason(StatusCondition condition, boolean bad) {
        var failing = condition.reason().equals(Conditions.FAILING);
        return failing
                ? condition.type().replace("Ready", Conditions.FAILING)
                : bad ? condition.reason() : condition.type();
    }
}
