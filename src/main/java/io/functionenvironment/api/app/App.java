package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An app as requested, or an entry of the catalog.
 *
 * @param path the field of the request, for errors that are found later
 * @param catalog the name of the catalog entry, if the request has one
 * @param chart may be incomplete until the catalog entry is applied
 * @param namespace inside the cluster; empty for the app's name
 * @param values Helm values
 * @param valuesFrom as requested. What it has of Secrets and ConfigMaps is passed on unread: only provider-helm reads these
 * @param resourceValues what it has of other resources; only in what a team requests
 * @param set single values, passed on unread likewise
 * @param dependsOn names of apps or add-ons that must be ready before this one starts, and that are removed after it
 * @param locked the values of a catalog entry that apps cannot change; none in an app
 * @param templates whether teams may write templates and references into the values of a catalog entry in a cluster that others use,
 *     too; false in an app
 * @param environmentValues values that depend on the Environment; only in what the platform requests
 * @param installation how the chart is installed
 */
public record App(
        String path,
        String name,
        Optional<String> catalog,
        Chart chart,
        Optional<String> namespace,
        Json.Obj values,
        List<Json> valuesFrom,
        List<ResourceValue> resourceValues,
        List<Json> set,
        List<String> dependsOn,
        List<Lock> locked,
        boolean templates,
        List<EnvironmentValue> environmentValues,
        Installation installation) {

    /** The app's namespace inside the cluster. */
    public String targetNamespace() {
        return namespace.orElse(name);
    }

    /** This app with what it leaves to a catalog entry, except values. */
    public App over(App entry) {
        return new App(
                path,
                name,
                catalog,
                chart.over(entry.chart),
                namespace.or(entry::namespace),
                values,
                valuesFrom,
                resourceValues,
                set,
                dependsOn,
                locked,
                templates,
                environmentValues,
                installation.over(entry.installation));
    }

    /** The items of {@code valuesFrom} that name Secrets and ConfigMaps. */
    public List<Json> references() {
        return valuesFrom.stream().filter(item -> item.at("resource").isEmpty()).toList();
    }

    /** This app with a value of another resource, which its own values win over. */
    public App with(ResourceValue place, Json value) {
        return with(place.below(values, value), set);
    }

    public App withChart(Chart other) {
        return copy(other, values, set, locked, environmentValues);
    }

    /** This app with other values and other items of {@code set}. */
    public App with(Json.Obj otherValues, List<Json> otherSet) {
        return copy(chart, otherValues, otherSet, locked, environmentValues);
    }

    App withLocks(List<Lock> locks) {
        return copy(chart, values, set, locks, environmentValues);
    }

    App withoutEnvironmentValues() {
        return copy(chart, values, set, locked, List.of());
    }

    private App copy(
            Chart someChart,
            Json.Obj someValues,
            List<Json> someSet,
            List<Lock> locks,
            List<EnvironmentValue> depending) {
        return new App(
                path,
                name,
                catalog,
                someChart,
                namespace,
                someValues,
                valuesFrom,
                resourceValues,
                someSet,
                dependsOn,
                locks,
                templates,
                depending,
                installation);
    }
}
