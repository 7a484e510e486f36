package io.functionenvironment.status;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.status.ConditionReason.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One sentence about the whole Environment, for a column of a terminal. */
final class Summary {
    private static final int MAX_LENGTH = 240;

    private Summary() {}

    /** @param conditions of the subjects, in the same order */
    static String of(
            StatusCondition accepted,
            List<Subject> subjects,
            List<StatusCondition> conditions,
            Conditions reported,
            Optional<ClusterStatus> cluster,
            List<String> removing,
            boolean deletionRefused) {
        var unready = IntStream.range(0, conditions.size())
                .filter(index -> conditions.get(index).value() != Value.TRUE)
                .boxed()
                .toList();
        var sentence = unready.stream()
                .filter(index -> reported.holdsReady(subjects.get(index)))
                .findFirst()
                .map(index -> sentence(reported.sentence(subjects.get(index), conditions.get(index))))
                // A ready Environment is reported as such first, with what does not hold it back.
                .orElseGet(() -> ready(subjects, cluster)
                        + unready.stream()
                                .findFirst()
                                .map(index ->
                                        " " + sentence(reported.sentence(subjects.get(index), conditions.get(index))))
                                .orElse(""));
        var invalid = accepted.value() == Value.TRUE ? "" : "Invalid: " + accepted.message() + ". ";
        var removals = removing.isEmpty() ? "" : " Removing " + String.join(", ", removing) + ".";
        var retry = deletionRefused ? " The deletion was refused; retry it in a few seconds." : "";
        var whole = invalid + sentence + removals + retry;
        return whole.length() <= MAX_LENGTH ? whole : whole.substring(0, MAX_LENGTH - 1) + "…";
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
    }

    private static String ready(List<Subject> subjects, Optional<ClusterStatus> cluster) {
        var where = cluster.map(some -> some.type() + " " + some.name()
                        + some.kubernetesVersion()
                                .map(version -> " (Kubernetes " + version + ")")
                                .orElse(""))
                .orElse("the cluster");
        return subjects.stream()
                .flatMap(subject -> subject instanceof Subject.Collection collection
                                && !collection.owners().isEmpty()
                        ? java.util.stream.Stream.of(collection)
                        : java.util.stream.Stream.empty())
                .findFirst()
                .map(collection -> running(collection, where))
                .orElse("Ready: " + where + " is running.");
    }

    private static String running(Subject.Collection collection, String where) {
        List<Owner> owners = collection.owners();
        return owners.size() == 1
                ? "Ready: " + owners.getFirst().displayName() + " is installed in " + where + "."
                : "Ready: " + owners.size() + " " + collection.many() + " are installed in " + where + ".";
    }
}
