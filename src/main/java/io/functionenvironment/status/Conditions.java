package io.functionenvironment.status;

import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Our conditions: each with a reason, and a sentence that helps. */
final class Conditions {
    static final String ACCEPTED = "Accepted";
    static final String CLUSTER = "ClusterReady";
    static final String APPS = "AppsReady";
    static final String GIT_OPS = "GitOpsReady";
    static final String SERVERLESS = "ServerlessReady";
    static final String EXPIRED = "Expired";
    static final String FAILING = "Failing";
    static final String NOT_ACCEPTED = "NotAccepted";
    static final String NOT_REQUESTED = "NotRequested";
    private static final int MOST_FAULTS = 10;

    private Conditions() {}

    static List<StatusCondition> of(Progress progress) {
        return List.of(
                accepted(progress.errors()),
                cluster(progress),
                apps(progress),
                ConditionReason.GIT_OPS_NOT_REQUESTED.says("No Git repository is to be deployed from."),
                ConditionReason.SERVERLESS_NOT_REQUESTED.says("No serverless platform is asked for."),
                ConditionReason.NOT_EXPIRING.says("This environment does not expire."));
    }

    static String sentences(List<FieldError> errors) {
        var shown = errors.stream().limit(MOST_FAULTS).map(FieldError::toString).collect(Collectors.joining("; "));
        return errors.size() <= MOST_FAULTS ? shown : shown + "; and " + (errors.size() - MOST_FAULTS) + " more";
    }

    private static StatusCondition accepted(List<FieldError> errors) {
        return errors.isEmpty()
                ? ConditionReason.ACCEPTED.says("All that is asked for can be carried out.")
                : ConditionReason.NOT_ACCEPTED.says(sentences(errors));
    }

    private static StatusCondition cluster(Progress progress) {
        if (progress.clusterReady()) {
            return ConditionReason.CLUSTER_SERVING.says("The cluster answers.");
        }
        var failing = progress.cluster().stream()
                .flatMap(decision ->
                        failing(decision).map(word -> Progress.name(decision.name()) + ": " + word).stream())
                .sorted()
                .toList();
        if (!failing.isEmpty()) {
            return ConditionReason.CLUSTER_FAILING.says(String.join("; ", failing));
        }
        return progress.state(Cluster.CLUSTER)
                .map(state -> switch (state) {
                    case ComponentState.Ready ignored -> unready(progress);
                    case ComponentState.Pending(var on) ->
                        progress.state(on).orElse(state) instanceof ComponentState.Blocked(var word)
                                ? ConditionReason.CLUSTER_BLOCKED.says("The cluster's " + on + " " + word + ".")
                                : ConditionReason.CLUSTER_COMING_UP.says("The cluster is starting.");
                    default -> ConditionReason.CLUSTER_COMING_UP.says("The cluster " + Progress.word(state) + ".");
                })
                .orElseGet(() ->
                        ConditionReason.CLUSTER_NOT_ACCEPTED.says("No cluster can be made of what is asked for."));
    }

    /** The cluster itself has nothing to tell, so what is said is of what is not ready around it. */
    private static StatusCondition unready(Progress progress) {
        if (progress.state(Cluster.HEALTH).equals(Optional.of(new ComponentState.Progressing(Cluster.SILENT)))) {
            return ConditionReason.CLUSTER_NOT_ANSWERING.says(
                    "The cluster does not answer: its control plane is not ready.");
        }
        var changes = progress.state(Cluster.ROOM)
                .filter(ComponentState.Progressing.class::isInstance)
                .isPresent();
        return ConditionReason.CLUSTER_COMING_UP.says(
                changes ? "The cluster is being changed." : "The cluster is starting.");
    }

    private static StatusCondition apps(Progress progress) {
        if (progress.apps().isEmpty()) {
            return ConditionReason.APPS_NOT_REQUESTED.says("No app is asked for.");
        }
        var all = progress.apps().size();
        var ready = progress.apps().stream().filter(progress::appReady).count();
        if (ready == all) {
            return ConditionReason.APPS_READY.says((all == 1 ? "The app is" : "All " + all + " apps are") + " ready.");
        }
        var failing = progress.apps().stream()
                .filter(name -> progress.app(name)
                        .filter(ComponentState.Failing.class::isInstance)
                        .isPresent())
                .sorted()
                .map(name -> name + ": " + progress.word(name))
                .toList();
        var count = ready + " of " + all + " apps " + (ready == 1 ? "is" : "are") + " ready";
        if (!failing.isEmpty()) {
            return ConditionReason.APPS_FAILING.says(count + "; " + String.join("; ", failing));
        }
        var rest = progress.apps().stream()
                .filter(name -> !progress.appReady(name))
                .sorted()
                .map(name -> name + " " + progress.word(name))
                .collect(Collectors.joining(", "));
        var refused = progress.apps().stream().anyMatch(progress::refused);
        return (refused ? ConditionReason.APPS_NOT_ACCEPTED : ConditionReason.APPS_COMING_UP)
                .says(count + "; " + rest + ".");
    }

    private static Optional<String> failing(Decision decision) {
        return decision.state() instanceof ComponentState.Failing(var word) ? Optional.of(word) : Optional.empty();
    }
}
