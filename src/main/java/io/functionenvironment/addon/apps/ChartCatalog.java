package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import java.util.Optional;

/** What a platform lets a team have: its catalog, and charts from the repositories it allows. */
record ChartCatalog(Settings settings, Observed observed) {

    /** The app with its chart complete; empty, with a fault, if the platform does not offer it. */
    Optional<App> resolve(App app, boolean platform, FieldErrors errors) {
        if (app.chart().repository().isPresent()) {
            if (!platform && !allowed(app)) {
                errors.add(new FieldError(
                        app.path() + ".chart.repository",
                        "is " + app.chart().repository().get() + ", must be " + allowedRepositories()));
                return Optional.empty();
            }
            return Optional.of(app);
        }
        var entry = Optional.ofNullable(settings.catalog().get(entryName(app)));
        if (entry.isEmpty()) {
            var field = app.catalog().isPresent() ? ".catalog" : ".name";
            errors.add(new FieldError(
                    app.path() + field,
                    "is \"" + entryName(app) + "\", which is not in the catalog (" + catalog()
                            + "); name one of these, or give the app a chart of its own"));
            return Optional.empty();
        }
        var complete = app.over(entry.get());
        if (complete.chart().digest().isPresent()
                && !complete.chart().repository().orElse("").startsWith("oci://")) {
            errors.add(new FieldError(
                    app.path() + ".chart.digest", "is there, but the catalog's chart is not in an oci:// repository"));
            return Optional.empty();
        }
        return Optional.of(complete.withChart(settled(app, complete.chart())));
    }

    /**
     * The version we ship counts only for new apps: a later release of ours must not change what runs. What never ran, for
     * want of a version that exists, say, is as good as new.
     */
    private Chart settled(App app, Chart chart) {
        var named = app.chart().version().isPresent() || app.chart().digest().isPresent();
        if (named || settings.explicitCharts().contains(entryName(app))) {
            return chart;
        }
        return observed.get(Apps.component(app.name()))
                .filter(release ->
                        release.body().at("status", "atProvider", "revision").isPresent())
                .map(release -> Chart.of(release.body().object("spec", "forProvider", "chart")))
                .filter(old -> old.name().equals(chart.name()))
                .orElse(chart);
    }

    private boolean allowed(App app) {
        var repository = app.chart().repository().orElse("");
        return settings.limits().allow(repository)
                || settings.catalog().values().stream()
                        .anyMatch(entry -> entry.chart()
                                        .repository()
                                        .equals(app.chart().repository())
                                && entry.chart().name().equals(app.chart().name()));
    }

    private String allowedRepositories() {
        var list = settings.limits().chartRepositories();
        return list.isEmpty()
                ? "left out: this platform offers only the charts of its catalog (" + catalog() + ")"
                : "in one of the repositories that this platform allows: " + String.join(", ", list);
    }

    private String catalog() {
        return settings.catalog().isEmpty()
                ? "which is empty"
                : String.join(
                        ", ", settings.catalog().keySet().stream().sorted().toList());
    }

    private static String entryName(App app) {
        return app.catalog().orElse(app.name());
    }
}
