package io.functionenvironment.status;

import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.Removal;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.json.FieldError;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The English of states and reasons. All sentences about components are here. */
public final class Sentences {
    private static final int MAX_ERRORS = 10;

    static final String NOT_CARRIED_OUT = "is not applied as requested (see the condition Accepted)";
    static final String NO_CLUSTER = "cannot start, because no cluster can be created (see the condition Accepted)";

    private Sentences() {}

    /**
     * A state, as the rest of a sentence that begins with the component's name; of a failing component, its provider's words.
     *
     * @param names what people call a component
     */
    public static String of(ComponentState state, UnaryOperator<String> names) {
        return switch (state) {
            case ComponentState.Ready() -> "is ready";
            case ComponentState.Progressing(var activity) -> of(activity);
            case ComponentState.Failing(var message) -> message;
            case ComponentState.Blocked(var obstacle) -> of(obstacle);
            case ComponentState.Pending(var on) -> "waits for " + names.apply(on);
            case ComponentState.Queued ignored -> "waits for its turn: a few start at a time";
            case ComponentState.Terminating(var removal) -> of(removal, names);
            case ComponentState.Removed(var removal) -> of(removal, names);
        };
    }

    static String of(Activity activity) {
        return switch (activity) {
            case CREATING -> "is being created";
            case STARTING -> "is starting";
            case INSTALLING -> "is being installed";
            case UPDATING -> "is being updated";
            case RECREATING -> "was deleted by somebody; it is created again when the deletion is finished";
            case OBSERVING -> "is being observed";
            case UNREACHABLE -> "does not respond";
        };
    }

    static String of(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.Predecessor(var kind, var name) ->
                name.map(known -> "waits until the previous %s %s is deleted".formatted(kind, known))
                        .orElse("waits until it is known whether a previous " + kind + " still exists");
            case Obstacle.MissingValue missing -> "waits for " + of(missing);
            case Obstacle.Conflict ignored ->
                "exists already and does not belong to this Environment (see the condition Accepted)";
        };
    }

    /** A value that is not there, and why. */
    public static String of(Obstacle.MissingValue missing) {
        var value = missing.field() + " of " + missing.resource();
        return switch (missing.reason()) {
            case NOT_LOOKED_UP -> value + ", which is not looked up yet";
            case NO_DEFINITION ->
                value + ", which Crossplane may not be able to read: there is no CompositeResourceDefinition "
                        + missing.definition();
            case NOT_ESTABLISHED ->
                value + ", which Crossplane cannot read: the CompositeResourceDefinition " + missing.definition()
                        + " is not established";
            case NO_RESOURCE -> value + ", which does not exist";
            case NO_VALUE -> value + ", which has no value";
            case UNUSABLE -> value + ", which is not a text of at most 1024 characters, a number, true or false";
        };
    }

    static String of(Removal removal, UnaryOperator<String> names) {
        var subject = removal.subject().map(names).orElse("");
        return switch (removal.reason()) {
            case AWAITS_DEPENDENT -> "is removed when " + subject + " is gone";
            case AWAITS_LOOKUP -> "waits for the list of resources that may depend on it";
            case AWAITS_CLUSTER -> "waits for its cluster to respond";
            case ABOUT_TO_UNINSTALL -> "is about to be uninstalled";
            case UNINSTALLING -> "is being uninstalled";
            case FAILING -> removal.subject().orElse("");
            case CASCADED -> "is removed with " + subject;
            case WITH_ENVIRONMENT -> "is removed with the Environment";
            case GUARDS -> "refuses deletions until " + subject + " is gone";
            case NOT_NEEDED -> "is no longer needed";
            case NEVER_INSTALLED -> "is removed without uninstalling: it was never installed";
            case ORPHANED -> "is orphaned (not uninstalled)";
            case ORPHANED_ON_DELETION -> "is orphaned (not uninstalled): the Environment is being deleted";
            case ORPHANED_UNREACHABLE ->
                "is orphaned (not uninstalled): its cluster does not respond, or its provider cannot look at it";
            case ORPHANED_FAILING ->
                "is orphaned (not uninstalled): uninstalling fails and blocks the deletion of the Environment";
            case ORPHANED_TAKEN_OVER -> "is orphaned (not uninstalled): " + subject + " manages the same object";
            case GONE -> "is gone";
        };
    }

    /** Errors in one line, for the condition Accepted. */
    static String of(List<FieldError> errors) {
        var shown = errors.stream().limit(MAX_ERRORS).map(FieldError::toString).collect(Collectors.joining("; "));
        return errors.size() <= MAX_ERRORS ? shown : shown + "; and " + (errors.size() - MAX_ERRORS) + " more";
    }
}
