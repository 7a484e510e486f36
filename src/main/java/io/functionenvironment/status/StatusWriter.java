package io.functionenvironment.status;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

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
                field("summary", Summary.of(progress, facts, conditions, leaving)),
                field("cluster", facts.map(StatusWriter::cluster)),
                field(
                        "kubeconfig",
                        facts.map(fact ->
                                obj(field("secretName", fact.kubeconfigSecret()), field("key", Kubeconfig.KEY)))),
                text("connect", facts.map(Cluster.Facts::connect)),
                field("apps", progress.apps().stream().map(this::app).toList()),
                field("leaving", leaving.status()));
    }

    private Json.Obj app(String name) {
        var release = Optional.ofNullable(progress.decisions().get(Apps.PREFIX + name))
                .flatMap(decision ->
                        decision.component().resource() instanceof Release some ? Optional.of(some) : Optional.empty());
        // What a digest turned out to be, only the provider knows.
        var installed =
                observed.get(Apps.PREFIX + name).flatMap(seen -> seen.body().text("status", "atProvider", "version"));
        return obj(
                field("name", name),
                text("namespace", release.map(Release::namespace)),
                text("chart", release.flatMap(some -> some.chart().name())),
                text("version", release.flatMap(some -> some.chart().version()).or(() -> installed)),
                field("ready", progress.appReady(name)),
                field("message", progress.word(name)));
    }

    private static Json.Obj cluster(Cluster.Facts facts) {
        return obj(
                field("type", facts.type()),
                field("name", facts.name()),
                field("namespace", facts.namespace()),
                text("kubernetesVersion", facts.kubernetesVersion()),
                field("chartVersion", facts.chartVersion()),
                field("apiServer", facts.apiServer()));
    }
}
