package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** What charts make when they are installed: a virtual cluster, or an app of one Deployment. */
final class Charts {
    /** A chart as a Release asks for it. */
    record Chart(String repository, String name, String version) {
        static Chart of(Json spec) {
            var chart = spec.object("forProvider", "chart");
            return new Chart(
                    chart.text("repository").orElse(""),
                    chart.text("name").orElse(""),
                    chart.text("version").or(() -> chart.text("digest")).orElse("latest"));
        }
    }

    private final Vclusters vclusters;
    private final HostPods pods;

    Charts(Cluster host, Vclusters vclusters) {
        this.vclusters = vclusters;
        this.pods = new HostPods(host, vclusters);
    }

    void install(Cluster cluster, Charts.Chart chart, String namespace, String release, Json.Obj values) {
        if (chart.name().equals("vcluster")) {
            vclusters.install(namespace, release, values);
            return;
        }
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
        pods.sync(cluster, pod(release, namespace));
    }

    void uninstall(Cluster cluster, String chart, String namespace, String release) {
        if (chart.equals("vcluster")) {
            vclusters.uninstall(namespace, release);
            return;
        }
        cluster.delete(new Ref("apps/v1", "Deployment", namespace, release));
        pods.unsync(cluster, pod(release, namespace));
    }

    private static Json.Obj pod(String release, String namespace) {
        return obj(
                field("apiVersion", "v1"),
                field("kind", "Pod"),
                field("metadata", obj(field("name", release + "-0"), field("namespace", namespace))),
                field("spec", obj(field("containers", arr(obj(field("name", release)))))));
    }
}
