package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** What charts deploy: the vcluster chart a virtual cluster, every other chart one Deployment with one pod, which may be an operator. */
final class Charts {
    /** The chart of a Release. */
    record Chart(String repository, String name, String version) {
        static Chart of(Json spec) {
            var chart = spec.object("forProvider", "chart");
            return new Chart(
                    chart.text("repository").orElse(""),
                    chart.text("name").orElse(""),
                    chart.text("version").or(() -> chart.text("digest")).orElse("latest"));
        }
    }

    private final Hosts hosts;
    private final PodSyncer syncer;
    private final CustomKinds customKinds;
    private final ArgoCdController argocd;
    private final KnativeOperator knative;

    Charts(Hosts hosts, CustomKinds customKinds, ArgoCdController argocd, KnativeOperator knative) {
        this.hosts = hosts;
        this.syncer = new PodSyncer(hosts);
        this.customKinds = customKinds;
        this.argocd = argocd;
        this.knative = knative;
    }

    void install(Cluster cluster, Charts.Chart chart, String namespace, String release, Json.Obj values) {
        if (chart.name().equals("vcluster")) {
            hosts.in(cluster).install(namespace, release, values);
            return;
        }
        customKinds.install(cluster, chart.name());
        cluster.apply(
                "helm",
                obj(
                        field("apiVersion", "apps/v1"),
                        field("kind", "Deployment"),
                        field("metadata", obj(field("name", release), field("namespace", namespace))),
                        field(
                                "spec",
                                obj(
                                        field("chart", chart.name()),
                                        field("version", chart.version()),
                                        field("values", values)))));
        syncer.sync(cluster, pod(release, namespace));
        argocd.start(cluster, chart.name());
        knative.start(cluster, chart.name());
    }

    /** Deploys what a release that was observed elsewhere has deployed, a virtual cluster at once if it has served. */
    void restore(Cluster cluster, Chart chart, String namespace, String release, Json.Obj values, boolean served) {
        install(cluster, chart, namespace, release, values);
        if (served && chart.name().equals("vcluster")) {
            hosts.in(cluster).serve(namespace, release, values);
        }
    }

    void uninstall(Cluster cluster, String chart, String namespace, String release) {
        if (chart.equals("vcluster")) {
            hosts.in(cluster).uninstall(namespace, release);
            return;
        }
        cluster.delete(new Ref("apps/v1", "Deployment", namespace, release));
        syncer.unsync(cluster, pod(release, namespace));
    }

    private static Json.Obj pod(String release, String namespace) {
        return obj(
                field("apiVersion", "v1"),
                field("kind", "Pod"),
                field("metadata", obj(field("name", release + "-0"), field("namespace", namespace))),
                field("spec", obj(field("containers", arr(obj(field("name", release)))))));
    }
}
