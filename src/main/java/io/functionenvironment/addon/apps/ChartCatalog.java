package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.settings.PlatformCharts;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The charts that a team may use: those of the platform's catalog, and those in the repositories that it allows. */
record ChartCatalog(Inputs inputs) {

    /**
     * The app with a complete chart; empty, with an error, if its chart is not allowed.
     *
     * @param platform whether the platform requests the app itself, so that every repository is allowed
     */
    Optional<ResolvedApp> resolve(App app, boolean platform, FieldErrors errors) {
        if (app.chart().repository().isPresent()) {
            if (!platform && !allowed(app)) {
                errors.add(new FieldError(
                        app.path() + ".chart.repository",
                        "is " + app.chart().repository().get()
                                + lockingEntry(app)
                                        .map(name -> ", and the catalog entry \"" + name
                                                + "\" of this chart has locked values; remove chart.repository and chart.name,"
                                                + " and set catalog to " + name)
                                        .orElseGet(this::allowedRepositories)));
                return Optional.empty();
            }
            var replaced = platform
                    ? Optional.<PlatformCharts.Use>empty()
                    : settings().charts().replacedBy(app.chart());
            if (replaced.isPresent()) {
                errors.add(replacing(app, replaced.get()));
                return Optional.empty();
            }
            return placed(app, app, errors).map(placed -> new ResolvedApp(app, AppValues.of(placed)));
        }
        var entry = Optional.ofNullable(settings().catalog().get(entryName(app)));
        if (entry.isEmpty()) {
            var field = app.catalog().isPresent() ? ".catalog" : ".name";
            errors.add(new FieldError(
                    app.path() + field,
                    "is \"" + entryName(app) + "\", but the catalog has no entry of this name; "
                            + String.join(", or ", choices(platform))));
            return Optional.empty();
        }
        if (!platform && LockedVersion.refused(app, entry.get(), errors)) {
            return Optional.empty();
        }
        var complete = app.over(entry.get());
        if (complete.chart().digest().isPresent()
                && !complete.chart().repository().orElse("").startsWith("oci://")) {
            errors.add(new FieldError(
                    app.path() + ".chart.digest",
                    "is set, but the repository of the catalog entry is not oci://; set version instead"));
            return Optional.empty();
        }
        if (!InstallationRules.hold(app, entry.get(), complete, errors)) {
            return Optional.empty();
        }
        var whole = complete.withChart(withInstalledVersion(app, complete.chart()));
        return placed(entry.get(), app, errors)
                .flatMap(below ->
                        placed(app, app, errors).flatMap(above -> new ValuesPrecedence(below, above, errors).values()))
                .map(values -> new ResolvedApp(whole, values));
    }

    /** An app or catalog entry with its values for this Environment. */
    private Optional<App> placed(App entry, App app, FieldErrors errors) {
        return new EnvironmentFacts(inputs).place(entry, app, errors);
    }

    private Settings settings() {
        return inputs.settings();
    }

    /**
     * The chart with the installed version, unless the team or the platform set one. A shipped default only counts for an app
     * that was never installed: later releases have other defaults, and must not change what runs.
     */
    private Chart withInstalledVersion(App app, Chart chart) {
        var pinned = app.chart().version().isPresent() || app.chart().digest().isPresent();
        if (pinned || settings().explicitCharts().contains(entryName(app))) {
            return chart;
        }
        return inputs.observed()
                .get(Apps.component(app.name()))
                .filter(release -> ProviderHelm.revision(release) > 0)
                .map(release -> Chart.of(release.body().object("spec", "forProvider", "chart")))
                .filter(old -> old.name().equals(chart.name()))
                .orElse(chart);
    }

    private boolean allowed(App app) {
        return lockingEntry(app).isEmpty()
                && (settings().limits().allow(app.chart().repository().orElse("")) || has(app.chart()));
    }

    /** An entry of an app's chart with locked values, which the app would not have without the entry. */
    private Optional<String> lockingEntry(App app) {
        return entries(app.chart())
                .filter(entry -> !entry.locked().isEmpty())
                .map(App::name)
                .sorted()
                .findFirst();
    }

    /** Whether it has a chart. */
    boolean has(Chart chart) {
        return entries(chart).findAny().isPresent();
    }

    /** Whether an entry of a chart lets teams write templates, and what cannot be seen, into the values. */
    boolean takesTemplates(Chart chart) {
        return entries(chart).anyMatch(App::templates);
    }

    private Stream<App> entries(Chart chart) {
        return settings().catalog().values().stream()
                .filter(entry -> PlatformCharts.address(entry.chart()).equals(PlatformCharts.address(chart))
                        && entry.chart().name().equals(chart.name()));
    }

    /** Why a chart is refused that could be installed in the place of one of the platform's. */
    private static FieldError replacing(App app, PlatformCharts.Use use) {
        return new FieldError(
                app.path() + ".chart.name",
                "is \"" + app.chart().name().orElse("") + "\", but " + use.words() + " is \""
                        + use.chart().name().orElse("")
                        + "\" from another repository, and provider-helm keeps charts by"
                        + " name and version only, so it could install yours in the place of that one; "
                        + use.entry()
                                .map(entry -> "remove chart.repository and chart.name, and set catalog to " + entry
                                        + ", or use a chart of another name")
                                .orElse("use a chart of another name"));
    }

    private String allowedRepositories() {
        var list = settings().limits().chartRepositories();
        return list.isEmpty()
                ? ", but this platform allows only the charts of its catalog; "
                        + (settings().catalog().isEmpty()
                                ? "remove the app, because the catalog is empty"
                                : "remove chart.repository and chart.name, and set catalog to one of " + names())
                : "; must be in one of the repositories that this platform allows: " + String.join(", ", list);
    }

    /** What an app without a catalog entry may be changed to. */
    private List<String> choices(boolean platform) {
        var choices = new ArrayList<String>();
        if (!settings().catalog().isEmpty()) {
            choices.add("set catalog to one of " + names());
        }
        if (platform || !settings().limits().chartRepositories().isEmpty()) {
            choices.add("set chart with repository, name and version");
        }
        return choices.isEmpty() ? List.of("remove the app, because the catalog is empty") : choices;
    }

    /** The names of its entries. */
    String names() {
        return String.join(", ", settings().catalog().keySet().stream().sorted().toList());
    }

    private static String entryName(App app) {
        return app.catalog().orElse(app.name());
    }
}
