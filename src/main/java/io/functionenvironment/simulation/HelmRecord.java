package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * Helm's record of the latest revision of a release, stored in a Secret in its namespace.
 *
 * @param config the chart, values and value references that it was installed with
 * @param previousConfig of the previous revision
 */
record HelmRecord(
        Charts.Chart chart,
        Json.Obj config,
        Optional<Json.Obj> previousConfig,
        String state,
        int revision,
        String description) {

    /** What a release is installed with. */
    static Json.Obj config(Charts.Chart chart, Json.Obj parameters) {
        return obj(
                field("chart", chart.name()),
                field("version", chart.version()),
                field("values", parameters.object("values")),
                field("set", parameters.items("set")),
                field("valuesFrom", parameters.items("valuesFrom")));
    }

    /** The record behind what a Release reports. */
    static HelmRecord restored(Charts.Chart chart, Json.Obj config, Json.Obj managed) {
        var reported = managed.object("status", "atProvider");
        var applied = managed.isTrue("status", "synced") && Restoration.isApplied(managed) ? config : Json.Obj.EMPTY;
        var revision = reported.number("revision").orElse(1.0).intValue();
        return new HelmRecord(
                new Charts.Chart(
                        chart.repository(),
                        chart.name(),
                        reported.text("version").orElse(chart.version())),
                applied,
                revision > 1 ? Optional.of(applied) : Optional.empty(),
                reported.text("state").orElse(""),
                revision,
                reported.text("releaseDescription").orElse(""));
    }

    private static Ref ref(String namespace, String name) {
        return Ref.secret(namespace, "sh.helm.release.v1." + name);
    }

    static Optional<HelmRecord> get(Cluster cluster, String namespace, String name) {
        return cluster.get(ref(namespace, name)).map(secret -> {
            var release = secret.object("release");
            return new HelmRecord(
                    new Charts.Chart(
                            release.text("chart", "repository").orElse(""),
                            release.text("chart", "name").orElse(""),
                            release.text("chart", "version").orElse("")),
                    release.object("config"),
                    release.at("previousConfig").map(json -> release.object("previousConfig")),
                    release.text("state").orElse(""),
                    release.number("revision").orElse(0.0).intValue(),
                    release.text("description").orElse(""));
        });
    }

    void store(Cluster cluster, String namespace, String name) {
        var ref = ref(namespace, name);
        var body = obj(
                field("apiVersion", "v1"),
                field("kind", "Secret"),
                field("metadata", obj(field("name", ref.name()), field("namespace", namespace))),
                field("type", "helm.sh/release.v1"),
                field(
                        "release",
                        obj(
                                field(
                                        "chart",
                                        obj(
                                                field("repository", chart.repository()),
                                                field("name", chart.name()),
                                                field("version", chart.version()))),
                                field("config", config),
                                field("previousConfig", previousConfig),
                                field("state", state),
                                field("revision", revision),
                                field("description", description))));
        cluster.create(body);
        cluster.update(ref, object -> JsonEdit.set(object, body.object("release"), "release"));
    }

    static void delete(Cluster cluster, String namespace, String name) {
        cluster.delete(ref(namespace, name));
    }

    boolean deployed() {
        return state.equals("deployed");
    }

    Json.Obj status() {
        return obj(
                field("state", state),
                field("revision", revision),
                field("releaseDescription", description),
                field("version", chart.version()));
    }
}
