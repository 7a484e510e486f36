package io.functionenvironment.status;

import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.apps.Apps;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Optional;

/** The composite's status. Every field of it stands in the XRD. */
record StatusWriter(Progress progress, Optional<Cluster.Facts> facts, PendingRemovals leaving, Observed observed) {

    Json.Obj of(List<StatusCondition> conditions) {
        return obj(
                "summary",
                Summary.of(progress, facts, conditions, leaving),
                "cluster",
                facts.map(StatusWriter::cluster),
                "kubeconfig",
                facts.map(fact -> obj("secretName", fact.kubeconfigSecret(), "key", Kubeconfig.KEY)),
                "connect",
                facts.map(Cluster.Facts::connect),
                "apps",
                progress.apps().stream().map(this::app).toList(),
                "leaving",
                leaving.status());
    }

    private Json.Obj app(String name) {
        var release = Optional.ofNullable(progress.decisions().get(Apps.PREFIX + name))
                .flatMap(decision ->
                        decision.component().resource() instanceof Release some ? Optional.of(some) : Optional.empty());
        // What a digest turned out to be, only the provider knows.
        var installed =
                observed.get(Apps.PREFIX + name).flatMap(seen -> seen.body().text("status", "atProvider", "version"));
        return obj(
                "name", name,
                "namespace", release.map(Release::namespace),
                "chart", release.flatMap(some -> some.chart().name()),
                "version", release.flatMap(some -> some.chart().version()).or(() -> installed),
                "ready", progress.appReady(name),
                "message", progress.word(name));
    }

    private static Json.Obj cluster(Cluster.Facts facts) {
        return obj(
                "type", facts.type(),
                "name", facts.name(),
                "namespace", facts.namespace(),
                "kubernetesVersion", facts.kubernetesVersion(),
                "chartVersion", facts.chartVersion(),
                "apiServer", facts.apiServer());
    }
}
