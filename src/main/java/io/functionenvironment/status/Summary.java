package io.functionenvironment.status;

import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.status.StatusCondition.Value;
import java.util.List;
import java.util.Optional;

/** One sentence that tells it all. */
final class Summary {
    private Summary() {}

    /** A column of a terminal is not endless; the conditions say it all. */
    private static final int LONGEST = 240;

    static String of(
            Progress progress,
            Optional<Cluster.Facts> facts,
            List<StatusCondition> conditions,
            PendingRemovals leaving) {
        var accepted = condition(conditions, Conditions.ACCEPTED);
        var cluster = condition(conditions, Conditions.CLUSTER);
        var ready = condition(conditions, Conditions.APPS);
        var state = cluster.value() != Value.TRUE
                ? cluster.message()
                : ready.value() != Value.TRUE ? ready.message() : running(progress, facts);
        var sentence = state.endsWith(".") || state.endsWith("…") ? state : state + ".";
        var apps = leaving.words().isEmpty()
                ? ""
                : " Going: " + String.join(", ", leaving.words().keySet()) + ".";
        var going = leaving.ending() ? apps + " It can be deleted in a moment." : apps;
        var refused = accepted.value() == Value.TRUE ? "" : "Not all is accepted: " + accepted.message() + ". ";
        var whole = refused + sentence + going;
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST - 1) + "…";
    }

    private static StatusCondition condition(List<StatusCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
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
