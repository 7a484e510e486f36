package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app as requested, or an entry of the catalog.
 *
 * @param path the field of the request, for errors that are found later
 * @param catalog the name of the catalog entry, if the request has one
 * @param chart may be incomplete until the catalog entry is applied
 * @param namespace inside the cluster; empty for the app's name
 * @param values Helm values, merged over those of the catalog entry
 * @param valuesFrom references to Secrets and ConfigMaps, passed on unread: only provider-helm reads what they name
 * @param set single values, passed on unread likewise
 * @param dependsOn names of apps or add-ons that must be ready before this one starts, and that are removed after it
 * @param waits whether Helm waits for the workloads; empty for the catalog entry's choice
 */
public record App(
        String path,
        String name,
        Optional<String> catalog,
        Chart chart,
        Optional<String> namespace,
        Json.Obj values,
        List<Json> valuesFrom,
        List<Json> set,
        List<String> dependsOn,
        Optional<Boolean> waits) {

    /** The app's namespace inside the cluster. */
    public String targetNamespace() {
        return namespace.orElse(name);
    }

    /** This app merged over a catalog entry: its own fields win, lists are appended, values are merged. */
    public App over(App entry) {
        return new App(
                path,
                name,
                catalog,
                chart.over(entry.chart),
                namespace.or(entry::namespace),
                Merge.values(entry.values, values),
                join(entry.valuesFrom, valuesFrom),
                join(entry.set, set),
                dependsOn,
                waits.or(entry::waits));
    }

    public App withChart(Chart newChart) {
        return new App(path, name, catalog, newChart, namespace, values, valuesFrom, set, dependsOn, waits);
    }

    private static List<Json> join(List<Json> first, List<Json> second) {
        return first.isEmpty()
                ? second
                : Stream.concat(first.stream(), second.stream()).toList();
    }
}
