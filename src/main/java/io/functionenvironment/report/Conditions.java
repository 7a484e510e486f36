package io.functionenvironment.report;

import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.gate.Decision;
import io.functionenvironment.gate.State;
import io.functionenvironment.tree.Fault;
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

    static List<Status> of(Progress progress) {
        return List.of(
                accepted(progress.faults()),
                cluster(progress),
                apps(progress),
                Verdict.GIT_OPS_NOT_REQUESTED.says("No Git repository is to be deployed from."),
                Verdict.SERVERLESS_NOT_REQUESTED.says("No serverless platform is asked for."),
                Verdict.NOT_EXPIRING.says("This environment does not expire."));
    }

    static String sentences(List<Fault> faults) {
        var shown = faults.stream().limit(MOST_FAULTS).map(Fault::toString).collect(Collectors.joining("; "));
        return faults.size() <= MOST_FAULTS ? shown : shown + "; and " + (faults.size() - MOST_FAULTS) + " more";
    }

    private static Status accepted(List<Fault> faults) {
        return faults.isEmpty()
                ? Verdict.ACCEPTED.says("All that is asked for can be carried out.")
                : Verdict.NOT_ACCEPTED.says(sentences(faults));
    }

    private static Status cluster(Progress progress) {
        if (progress.clusterReady()) {
            return Verdict.CLUSTER_SERVING.says("The cluster answers.");
        }
        var failing = progress.cluster().stream()
                .flatMap(decision ->
                        failing(decision).map(word -> Progress.name(decision.name()) + ": " + word).stream())
                .sorted()
                .toList();
        if (!failing.isEmpty()) {
            return Verdict.CLUSTER_FAILING.says(String.join("; ", failing));
        }
        return progress.state(Cluster.CLUSTER)
                .map(state -> switch (state) {
                    case State.Ready ignored -> unready(progress);
                    case State.Waiting(var on) ->
                        progress.state(on).orElse(state) instanceof State.Blocked(var word)
                                ? Verdict.CLUSTER_BLOCKED.says("The cluster's " + on + " " + word + ".")
                                : Verdict.CLUSTER_COMING_UP.says("The cluster is starting.");
                    default -> Verdict.CLUSTER_COMING_UP.says("The cluster " + Progress.word(state) + ".");
                })
                .orElseGet(() -> Verdict.CLUSTER_NOT_ACCEPTED.says("No cluster can be made of what is asked for."));
    }

    /** The cluster itself has nothing to tell, so what is said is of what is not ready around it. */
    private static Status unready(Progress progress) {
        if (progress.state(Cluster.HEALTH).equals(Optional.of(new State.Coming(Cluster.SILENT)))) {
            return Verdict.CLUSTER_NOT_ANSWERING.says("The cluster does not answer: its control plane is not ready.");
        }
        var changes = progress.state(Cluster.ROOM)
                .filter(State.Coming.class::isInstance)
                .isPresent();
        return Verdict.CLUSTER_COMING_UP.says(changes ? "The cluster is being changed." : "The cluster is starting.");
    }

    private static Status apps(Progress progress) {
        if (progress.apps().isEmpty()) {
            return Verdict.APPS_NOT_REQUESTED.says("No app is asked for.");
        }
        var all = progress.apps().size();
        var ready = progress.apps().stream().filter(progress::appReady).count();
        if (ready == all) {
            return Verdict.APPS_READY.says((all == 1 ? "The app is" : "All " + all + " apps are") + " ready.");
        }
        var failing = progress.apps().stream()
                .filter(name -> progress.app(name)
                        .filter(State.Failing.class::isInstance)
                        .isPresent())
                .sorted()
                .map(name -> name + ": " + progress.word(name))
                .toList();
        var count = ready + " of " + all + " apps " + (ready == 1 ? "is" : "are") + " ready";
        if (!failing.isEmpty()) {
            return Verdict.APPS_FAILING.says(count + "; " + String.join("; ", failing));
        }
        var rest = progress.apps().stream()
                .filter(name -> !progress.appReady(name))
                .sorted()
                .map(name -> name + " " + progress.word(name))
                .collect(Collectors.joining(", "));
        var refused = progress.apps().stream().anyMatch(progress::refused);
        return (refused ? Verdict.APPS_NOT_ACCEPTED : Verdict.APPS_COMING_UP).says(count + "; " + rest + ".");
    }

    private static Optional<String> failing(Decision decision) {
        return decision.state() instanceof State.Failing(var word) ? Optional.of(word) : Optional.empty();
    }
}
