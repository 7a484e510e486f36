package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ReconcileRequest;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Retries;
import io.functionenvironment.resource.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The release of the chart vcluster. */
record VclusterRelease(Inputs inputs, Optional<Release> existing, VclusterPlacement placement) {
    /** Images may have to be pulled; a virtual cluster that is not up after this has a problem. */
    private static final Duration STARTING = Duration.ofMinutes(3);

    /** How often a first installation that failed is rolled back and retried. */
    private static final int RETRIES = 3;

    /** @param dependsOn what has to be seen of the namespace first */
    Component component(Json.Obj values, String fingerprint, List<Dependency> dependsOn) {
        var seen = inputs.observed().get(Part.CLUSTER);
        var token = ReconcileRequest.token(
                seen,
                !served(),
                ReconcileRequest.FIRST,
                inputs.now(),
                inputs.settings().timing().waiting());
        var target = new ReleaseTarget(placement.release(), placement.namespace(), !placement.composed());
        var release = Release.of(target, chart(), Values.of(values), placement.config())
                .retrying(new Retries(rollbackLimit(seen), Optional.empty()))
                .with(deletes(values) ? ManagementPolicies.ALL : ManagementPolicies.NO_DELETE)
                .handingOut(placement.kubeconfig())
                .requestingReconcile(token)
                .fingerprinted(fingerprint);
        var activity = served() && inputs.observed().has(Part.HEALTH) ? Activity.UPDATING : Activity.STARTING;
        return Component.requested(Part.CLUSTER, release, Part.OWNER, Location.HOST, dependsOn)
                .with(new StartupGrace(
                                activity,
                                activity,
                                List.of(ProviderHelm.secretMissing(
                                        placement.kubeconfig().from())),
                                STARTING)
                        .explaining("its control plane has not started; look at the pods in namespace "
                                + placement.namespace()))
                .awaitingPredecessor(!placement.composed())
                .polledUntil(StartWhen.KUBECONFIG);
    }

    /**
     * A limit only for an installation that failed: rolling back the first revision uninstalls it, which must not happen to a
     * cluster in use. provider-helm rolls back a release that failed before there was a limit, too.
     */
    private Optional<Integer> rollbackLimit(Optional<ObservedResource> seen) {
        var failed = seen.filter(ProviderHelm::failed).isPresent();
        var retried = existing.flatMap(release -> release.retries().limit()).isPresent();
        return !used() && (failed || retried) ? Optional.of(RETRIES) : Optional.empty();
    }

    /** Whether the release has to be uninstalled: its namespace does not take everything along. */
    boolean deletes(Json.Obj values) {
        return !placement.composed() || leavesMore(values);
    }

    /** Whether it was once in use, so that something may run in it. */
    boolean used() {
        return served() || inputs.observed().has(Part.HEALTH);
    }

    private boolean served() {
        return inputs.observed().get(Part.CLUSTER).filter(Kubeconfig::handedOut).isPresent();
    }

    /** Whether there are objects outside the namespace, or still are until an upgrade has finished. */
    private boolean leavesMore(Json.Obj values) {
        return ClusterWideObjects.in(values)
                || existing.filter(release ->
                                ClusterWideObjects.in(release.values().inline())
                                        || (release.policies() == ManagementPolicies.ALL
                                                && inputs.observed()
                                                        .get(Part.CLUSTER)
                                                        .filter(seen -> release.readiness()
                                                                .of(seen))
                                                        .isEmpty()))
                        .isPresent();
    }

    /** The shipped version counts when a cluster is created; afterwards only what the platform says. */
    private Chart chart() {
        var offer = inputs.settings().vcluster();
        var version = existing.flatMap(release -> release.chart().version())
                .or(() -> inputs.memory().chartVersion())
                .filter(old -> !offer.explicit().version())
                .orElse(offer.version());
        var repository = existing.flatMap(release -> release.chart().repository())
                .filter(old -> !offer.explicit().repository())
                .orElse(offer.repository());
        return new Chart(
                Optional.of(repository),
                Optional.of("vcluster"),
                Optional.of(version),
                offer.digest(),
                offer.pullSecret());
    }
}
