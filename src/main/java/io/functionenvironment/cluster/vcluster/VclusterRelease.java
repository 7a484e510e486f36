package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.ReconcileRequest;
import io.functionenvironment.resource.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The release of the vcluster chart. */
record VclusterRelease(
        Identity identity, Settings settings, Observed observed, Optional<Release> existing, VclusterPlacement place) {
    private static final String STARTS = "is starting";
    /** Images may have to be pulled; a virtual cluster that is not up after this is in trouble. */
    private static final Duration STARTING = Duration.ofMinutes(3);
    /** How often a first installation that failed is undone and tried again. */
    private static final int TRIES = 3;

    Component component(Json.Obj values, Optional<String> basis, Instant now) {
        var seen = observed.get(Cluster.CLUSTER);
        var served = served();
        var deletes = !place.composed() || leavesMore(values);
        var needs = place.composed()
                ? List.of(new Dependency(
                        HostResources.NAMESPACE,
                        StartWhen.READY,
                        deletes ? DeletionMode.UNINSTALL_FIRST : DeletionMode.CASCADE))
                : List.<Dependency>of();
        var nudge = ReconcileRequest.token(
                seen, !served, ReconcileRequest.NEWBORN, now, settings.timing().waiting());
        var patience = List.of("\"" + place.kubeconfig().from() + "\" not found");
        return Component.wanted(
                        new Release(
                                new Meta(identity.hash(), Cluster.CLUSTER, Dependency.text(needs)),
                                place.release(),
                                place.namespace(),
                                place.composed(),
                                chart(),
                                values,
                                List.of(),
                                List.of(),
                                false,
                                place.config(),
                                // Undoing the first revision uninstalls it.
                                used() ? Optional.empty() : Optional.of(TRIES),
                                deletes ? ManagementPolicies.ALL : ManagementPolicies.NO_DELETE,
                                Optional.of(place.kubeconfig()),
                                nudge,
                                basis),
                        needs)
                .with(new StartupGrace(STARTS, STARTS, patience, STARTING));
    }

    /** Whether it was once in use, so that something may run in it. */
    boolean used() {
        return served() || observed.has(Cluster.HEALTH);
    }

    private boolean served() {
        return observed.get(Cluster.CLUSTER).filter(Kubeconfig::handedOut).isPresent();
    }

    /** Whether there are, or still are until an upgrade is through, objects that no namespace takes along. */
    private boolean leavesMore(Json.Obj values) {
        return VclusterValues.clusterWide(values)
                || existing.filter(release -> VclusterValues.clusterWide(release.values())
                                || (release.policy() == ManagementPolicies.ALL
                                        && observed.get(Cluster.CLUSTER)
                                                .filter(seen ->
                                                        release.readiness().of(seen))
                                                .isEmpty()))
                        .isPresent();
    }

    /** What we ship counts when a cluster is made; afterwards only what the platform says. */
    private Chart chart() {
        var offer = settings.vcluster();
        var former = observed.composite().body().text("status", "cluster", "chartVersion");
        var version = existing.flatMap(release -> release.chart().version())
                .or(() -> former)
                .filter(old -> !old.isEmpty() && !settings.say("vcluster", "chart", "version"))
                .orElse(offer.version());
        var repository = existing.flatMap(release -> release.chart().repository())
                .filter(old -> !settings.say("vcluster", "chart", "repository"))
                .orElse(offer.repository());
        return new Chart(
                Optional.of(repository),
                Optional.of("vcluster"),
                Optional.of(version),
                Optional.empty(),
                Optional.empty());
    }
}
