package io.functionenvironment.status;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.status.ConditionReason.Value;
import java.util.ArrayList;
import java.util.List;

/** What changed with this call. Crossplane calls again and again, and an event with each call would bury the others. */
final class Events {
    private Events() {}

    static List<Event> of(List<StatusCondition> conditions, Progress progress, Observed observed) {
        var events = new ArrayList<Event>();
        for (var condition : conditions) {
            var before = observed.composite().condition(condition.type());
            var same = before.filter(
                            old -> old.status().equals(condition.value().word())
                                    && old.reason().equals(condition.reason()))
                    .isPresent();
            var bad = condition.has(ConditionReason.FAILING) || condition.has(ConditionReason.INVALID);
            var good = condition.value() == Value.TRUE
                    && !condition.has(ConditionReason.NOT_REQUESTED)
                    && (before.isPresent() || !condition.type().equals(Conditions.ACCEPTED));
            if (!same && (good || bad)) {
                events.add(new Event(bad, reason(condition, bad), condition.message()));
            }
        }
        progress.all()
                .filter(decision ->
                        observed.has(decision.name()) && !(decision.component().owner() instanceof Owner.Protection))
                .forEach(decision -> {
                    if (decision.state() instanceof ComponentState.Removed(var removal)
                            && removal.reason() != RemovalReason.NOT_NEEDED) {
                        var owner = decision.component().owner();
                        var name = owner instanceof Owner.App
                                        || (owner instanceof Owner.Addon addon
                                                && addon.item().isPresent())
                                ? owner.displayName()
                                : decision.name();
                        events.add(new Event(
                                false,
                                reason(removal.reason()),
                                name + " " + Sentences.of(removal, progress.namesFor(owner))));
                    }
                });
        return List.copyOf(events);
    }

    private static String reason(RemovalReason removal) {
        return switch (removal) {
            case UNINSTALLING -> "Uninstalling";
            case ORPHANED, ORPHANED_ON_DELETION, ORPHANED_UNREACHABLE, ORPHANED_FAILING, ORPHANED_TAKEN_OVER ->
                "Orphaned";
            default -> "Removed";
        };
    }

    private static String reason(StatusCondition condition, boolean bad) {
        return condition.has(ConditionReason.FAILING)
                ? condition.type().replace("Ready", condition.reason())
                : bad ? condition.reason() : condition.type();
    }
}
