package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app as it is asked for.
 *
 * @param path where it was asked for, for faults that show later
 * @param catalog the catalog entry it is based on, when named
 * @param values merged over the catalog's
 * @param valuesFrom and {@code set}: passed on as they are, since they name Secrets that only the provider reads
 * @param dependsOn names of apps that must be ready before this one starts, and that go only after it
 * @param waits whether it counts as installed only once its workloads run; without a word, what the catalog says
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

    /** Its namespace inside the cluster. */
    public String targetNamespace() {
        return namespace.orElse(name);
    }

    /** This app laid over a catalog entry: what it says itself wins, lists are joined, values are merged. */
    public App over(App entry) {
        return new App(
                path,
                name,
                catalog,
                chart.over(entry.chart),
                namespace.or(entry::namespace),
                Merge.over(entry.values, values),
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
