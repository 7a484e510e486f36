package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.ClusterStatus.SecurityFix;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The shipped values that running clusters take over from a later release of this function, although they keep all others: a
 * hole that a release closes must not stay open in the clusters that exist. Each fix is announced for one settled interval
 * first. The chart restarts the control plane with any change of its values (chart vcluster 0.36.1, the annotation {@code
 * vClusterConfigHash} of the StatefulSet's pods), so that no fix can avoid a restart.
 *
 * @param requested the values that follow from the request with this release
 */
record SecurityFixes(Inputs inputs, Json.Obj requested) {
    /** Where these values are, and what they do. A value of the platform wins here as anywhere. */
    private record Fix(List<String> path, String effect) {
        private String[] keys() {
            return path.toArray(String[]::new);
        }
    }

    private static final List<Fix> ALL = List.of(
            new Fix(
                    List.of("policies", "networkPolicy", "workload", "publicEgress"),
                    "the network policy closes addresses, such as those where clouds give out credentials of nodes"),
            new Fix(
                    List.of("sync", "toHost", "pods", "useSecretsForSATokens"),
                    "tokens of ServiceAccounts are in Secrets and no longer in annotations of pods, once these are created anew"));

    /**
     * Kept values with the fixes that are due.
     *
     * @param announced what the status says of those that are not applied
     */
    record Applied(Json.Obj values, Optional<SecurityFix> announced) {}

    Applied over(Json.Obj kept) {
        var missing = ALL.stream().filter(fix -> missing(fix, kept)).toList();
        if (missing.isEmpty()) {
            return new Applied(kept, Optional.empty());
        }
        var effects = String.join("; ", missing.stream().map(Fix::effect).toList());
        if (inputs.settings().holdSecurityFixes()) {
            return new Applied(
                    kept,
                    Optional.of(new SecurityFix(
                            effects + ". Settings hold it back with securityFixes: hold.", Optional.empty())));
        }
        var after = after();
        if (inputs.now().isBefore(after)) {
            return new Applied(
                    kept,
                    Optional.of(new SecurityFix(
                            effects + ". The control plane restarts when it is applied.", Optional.of(after))));
        }
        var fixed = kept;
        for (var fix : missing) {
            fixed = Merge.replaced(fixed, requested.at(fix.keys()), fix.keys());
        }
        return new Applied(fixed, Optional.empty());
    }

    private boolean missing(Fix fix, Json.Obj kept) {
        var wanted = requested.at(fix.keys());
        return wanted.isPresent() && !wanted.equals(kept.at(fix.keys()));
    }

    /** As announced before. A later time than a first announcement would have does not count. */
    private Instant after() {
        var latest = inputs.now().plus(inputs.settings().timing().settled()).truncatedTo(ChronoUnit.SECONDS);
        return inputs.memory()
                .securityFixAfter()
                .filter(after -> !after.isAfter(latest))
                .orElse(latest);
    }
}
