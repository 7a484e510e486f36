package io.functionenvironment.bench;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.stream.IntStream;

/** Settings in which a number of teams have rules of their own. The namespace of the Environment is the last team's. */
final class SampleSettings {
    static final String REPOSITORY = "oci://registry.example.org/charts";
    private static final int MAX_APPS = 50;

    private SampleSettings() {}

    /** The same rules for everybody. */
    static Json.Obj of() {
        return of(obj(field("maxApps", MAX_APPS)), 0);
    }

    /** Rules that allow charts of {@link #REPOSITORY}. */
    static Json.Obj of(int teams) {
        return of(obj(field("maxApps", MAX_APPS), field("chartRepositories", arr(new Json.Text(REPOSITORY)))), teams);
    }

    private static Json.Obj of(Json.Obj limits, int teams) {
        return obj(
                field("apiVersion", "environment.fn.crossplane.io/v1beta1"),
                field("kind", "Settings"),
                field(
                        "spec",
                        obj(
                                field("limits", limits),
                                Json.items(
                                        "teams",
                                        IntStream.rangeClosed(1, teams)
                                                .<Json>mapToObj(number -> team(number, number == teams))
                                                .toList()))));
    }

    /** A team with another size, a chart of its own, and other limits. */
    private static Json team(int number, boolean last) {
        var name = "squad-" + number;
        var chart = obj(
                field("repository", "oci://registry.example.org/" + name),
                field("name", "ledger-of-" + name),
                field("version", "2.1.0"));
        return obj(
                field("name", name),
                field("namespaces", last ? Json.texts(SampleEnvironment.NAMESPACE) : Json.texts(name, name + "-*")),
                field(
                        "settings",
                        obj(
                                field("sizes", obj(field("small", obj(field("vcluster", obj(field("cpu", "3"))))))),
                                field("limits", obj(field("maxApps", MAX_APPS))),
                                field(
                                        "catalog",
                                        obj(field(
                                                "ledger",
                                                obj(
                                                        field("description", "The ledger of one team."),
                                                        field("chart", chart),
                                                        field(
                                                                "values",
                                                                obj(
                                                                        field("replicaCount", 2),
                                                                        field("region", name))))))))));
    }
}
