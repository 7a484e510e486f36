package io.functionenvironment.status;

import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions: each has a reason, and a message that says what is wrong and where. */
final class Conditions {
    static final String ACCEPTED = "Accepted";

    private static final List<Set<Activity>> BY_IMPORTANCE = List.of(
            Set.of(Activity.UNREACHABLE),
            Set.of(Activity.RECREATING),
            Set.of(Activity.UPDATING, Activity.OBSERVING),
            Set.of(Activity.STARTING, Activity.CREATING, Activity.INSTALLING));

    private final Progress progress;

    Conditions(Progress progress) {
        this.progress = progress;
    }

    static StatusCondition accepted(List<FieldError> errors) {
        return errors.isEmpty()
                ? StatusCondition.of(ACCEPTED, ConditionReason.ACCEPTED, "The Environment is valid.")
                : StatusCondition.of(ACCEPTED, ConditionReason.INVALID, Sentences.of(errors));
    }

    StatusCondition of(Subject subject) {
        return switch (subject) {
            case Subject.Single single -> single(single);
            case Subject.Collection collection -> collection(collection);
            case Subject.Absent absent -> condition(absent, ConditionReason.NOT_REQUESTED, "It is not requested.");
        };
    }

    /** Whether a subject keeps the Environment from being ready. */
    boolean holdsReady(Subject subject) {
        return of(subject).value() != ConditionReason.Value.TRUE
                && !(subject instanceof Subject.Single single && !holdsReady(single));
    }

    private boolean holdsReady(Subject.Single subject) {
        return subject.holdsReady()
                && !(subject.complete()
                        && progress.ready(subject.owner())
                        && subject.finding()
                                .filter(finding -> !finding.holdsReady())
                                .isPresent());
    }

    private StatusCondition single(Subject.Single subject) {
        var name = subject.name();
        var components = progress.requested(subject.owner()).toList();
        if (components.stream().allMatch(Decision::ready)) {
            if (!subject.complete()
                    || (components.isEmpty() && subject.finding().isEmpty())) {
                return condition(
                        subject,
                        ConditionReason.INVALID,
                        name + " cannot be created as requested; see the condition Accepted.");
            }
            return subject.finding()
                    .map(finding -> condition(subject, finding.reason(), finding.message()))
                    .orElseGet(() -> condition(subject, ConditionReason.AVAILABLE, name + " is available."));
        }
        var failing = sentences(components, ComponentState.Failing.class, ": ");
        if (!failing.isEmpty()) {
            return condition(
                    subject,
                    ConditionReason.FAILING,
                    name + " fails: component " + String.join("; component ", failing));
        }
        var blocked = sentences(components, ComponentState.Blocked.class, " ");
        if (!blocked.isEmpty()) {
            return condition(
                    subject,
                    ConditionReason.BLOCKED,
                    name + " is blocked: component " + String.join("; component ", blocked) + ".");
        }
        var activity = activity(components);
        return activity.equals(Optional.of(Activity.UNREACHABLE))
                ? condition(
                        subject,
                        ConditionReason.UNREACHABLE,
                        name + " " + Sentences.of(activity.get()) + ": it is restarting, or down.")
                : condition(
                        subject,
                        ConditionReason.PROGRESSING,
                        name + " " + Sentences.of(activity.orElse(Activity.STARTING)) + ".");
    }

    /** The sentences of the components in a state, each after the component's name. */
    private List<String> sentences(List<Decision> components, Class<? extends ComponentState> state, String separator) {
        return components.stream()
                .filter(decision -> state.isInstance(decision.state()))
                .map(decision -> decision.name() + separator + progress.sentence(decision))
                .sorted()
                .toList();
    }

    /** The most important activity; merges activities that look the same to a reader. */
    private static Optional<Activity> activity(List<Decision> components) {
        return components.stream()
                .flatMap(decision -> decision.state() instanceof ComponentState.Progressing(var some)
                        ? Stream.of(some)
                        : Stream.empty())
                .min(Comparator.comparingInt(Conditions::importance))
                .map(some -> switch (some) {
                    case OBSERVING -> Activity.UPDATING;
                    case CREATING, INSTALLING -> Activity.STARTING;
                    case STARTING, UPDATING, RECREATING, UNREACHABLE -> some;
                });
    }

    private static int importance(Activity activity) {
        for (var i = 0; i < BY_IMPORTANCE.size(); i++) {
            if (BY_IMPORTANCE.get(i).contains(activity)) {
                return i;
            }
        }
        return BY_IMPORTANCE.size();
    }

    private StatusCondition collection(Subject.Collection subject) {
        var all = subject.owners().size();
        if (all == 0) {
            return condition(subject, ConditionReason.NOT_REQUESTED, "No " + subject.one() + " is requested.");
        }
        var ready = subject.owners().stream().filter(progress::ready).count();
        if (ready == all) {
            var who = all == 1 ? "The " + subject.one() + " is" : all + " of " + all + " " + subject.many() + " are";
            return condition(subject, ConditionReason.AVAILABLE, who + " ready.");
        }
        var failing = subject.owners().stream()
                .filter(owner -> progress.state(owner)
                        .filter(ComponentState.Failing.class::isInstance)
                        .isPresent())
                .map(owner -> owner.displayName() + ": " + progress.sentence(owner))
                .sorted()
                .toList();
        if (!failing.isEmpty()) {
            return condition(subject, ConditionReason.FAILING, String.join("; ", failing));
        }
        var refused = subject.owners().stream()
                .filter(progress::refused)
                .map(owner -> owner.displayName() + " " + progress.sentence(owner))
                .sorted()
                .toList();
        return !refused.isEmpty()
                ? condition(subject, ConditionReason.INVALID, String.join("; ", refused) + ".")
                : condition(
                        subject,
                        ConditionReason.PROGRESSING,
                        (all == 1 ? "The " + subject.one() + " is" : "Some " + subject.many() + " are")
                                + " not ready; see status." + subject.many() + ".");
    }

    /**
     * The condition's message, with how many parts are ready, and what the others do. A changed condition costs twice as many
     * writes to the Environment as a changed status, so only the summary reports progress.
     */
    String sentence(Subject subject, StatusCondition condition) {
        return subject instanceof Subject.Collection collection
                ? count(collection)
                        + "; "
                        + (condition.has(ConditionReason.FAILING) ? condition.message() : unready(collection))
                : condition.message();
    }

    private String unready(Subject.Collection subject) {
        return subject.owners().stream()
                .filter(owner -> !progress.ready(owner))
                .sorted(Comparator.comparing(Owner::displayName))
                .map(owner -> owner.displayName() + " " + progress.sentence(owner))
                .collect(Collectors.joining(", ", "", "."));
    }

    private String count(Subject.Collection subject) {
        var all = subject.owners().size();
        var ready = subject.owners().stream().filter(progress::ready).count();
        return ready + " of " + all + " " + (all == 1 ? subject.one() : subject.many()) + " "
                + (ready == 1 || all == 1 ? "is" : "are") + " ready";
    }

    private static StatusCondition condition(Subject subject, ConditionReason reason, String message) {
        return StatusCondition.of(subject.conditionType(), reason, message);
    }
}
