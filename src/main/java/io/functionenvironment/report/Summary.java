package io.functionenvironment.report;

import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.report.Status.Value;
import java.util.List;
import java.util.Optional;

/** One sentence that tells it all. */
final class Summary {
    private Summary() {}

    static String of(Progress progress, Optional<Cluster.Facts> facts, List<Status> conditions) {
        var accepted = conditions.get(0);
        var cluster = conditions.get(1);
        var apps = conditions.get(2);
        var state = cluster.value() != Value.TRUE
                ? cluster.message()
                : apps.value() != Value.TRUE ? apps.message() : running(progress, facts);
        var sentence = state.endsWith(".") || state.endsWith("…") ? state : state + ".";
        return accepted.value() == Value.TRUE
                ? sentence
                : "Not all is accepted: " + accepted.message() + ". " + sentence;
    }

    private static String running(Progress progress, Optional<Cluster.Facts> facts) {
        var apps = progress.apps().size();
        var where = facts.map(fact -> fact.type() + " " + fact.name()
                        + fact.kubernetesVersion()
                                .map(version -> " (Kubernetes " + version + ")")
                                .orElse(""))
                .orElse("the cluster");
        return switch (apps) {
            case 0 -> "Ready: " + where + " runs.";
            case 1 -> "Ready: " + progress.apps().iterator().next() + " runs in " + where + ".";
            default -> "Ready: " + apps + " apps run in " + where + ".";
        };
    }
}
