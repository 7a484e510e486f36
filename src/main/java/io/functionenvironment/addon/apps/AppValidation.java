package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the apps that are asked for can be carried out as they are asked for. */
final class AppValidation {
    private final Observed observed;
    private final ChartCatalog offer;
    private final FieldErrors errors;
    private final Map<String, App> accepted = new LinkedHashMap<>();

    private AppValidation(Observed observed, ChartCatalog offer, FieldErrors errors) {
        this.observed = observed;
        this.offer = offer;
        this.errors = errors;
    }

    /**
     * The accepted apps by name, in the order they are asked for.
     *
     * @param wanted the names of all apps that are asked for, in whatever way
     * @param errors receives why the others are not accepted
     */
    static Map<String, App> of(
            Environment environment, Settings settings, Observed observed, Set<String> wanted, FieldErrors errors) {
        var acceptance = new AppValidation(observed, new ChartCatalog(settings, observed), errors);
        acceptance.platform(settings.apps());
        acceptance.team(environment.apps(), settings.limits().maxApps());
        acceptance.refuseDependencies(wanted);
        return acceptance.accepted;
    }

    private void platform(List<App> apps) {
        for (var app : apps) {
            var found = new FieldErrors();
            offer.resolve(app, true, found).ifPresent(whole -> accepted.put(app.name(), whole));
            found.forEach(error -> errors.add(new FieldError("Settings " + error.path(), error.message())));
        }
    }

    private void team(List<App> apps, int most) {
        var count = 0;
        for (var app : apps) {
            count++;
            if (offer.settings().apps().stream().anyMatch(other -> other.name().equals(app.name()))) {
                refuseTwice(app);
            } else if (count > most) {
                errors.add(new FieldError(app.path(), "is app " + count + ", but this platform allows " + most));
            } else {
                offer.resolve(app, false, errors).ifPresent(whole -> accepted.put(app.name(), whole));
            }
        }
    }

    /** Nobody knows whose the one is that exists, so it is neither's to change. */
    private void refuseTwice(App app) {
        var exists = observed.has(Apps.PREFIX + app.name());
        if (exists) {
            accepted.remove(app.name());
        }
        errors.add(new FieldError(
                app.path() + ".name",
                "is \"" + app.name() + "\", which the platform installs in every environment; choose another"
                        + (exists ? ". Until then the one that is there stays as it is" : "")));
    }

    private void refuseDependencies(Set<String> wanted) {
        var relation = new HashMap<String, List<String>>();
        accepted.forEach((name, app) -> relation.put(name, app.dependsOn()));
        var circles = ComponentGraph.circles(relation);
        for (var app : List.copyOf(accepted.values())) {
            var missing =
                    app.dependsOn().stream().filter(on -> !wanted.contains(on)).toList();
            for (var on : missing) {
                errors.add(new FieldError(
                        app.path() + ".dependsOn[" + app.dependsOn().indexOf(on) + "]",
                        "is \"" + on + "\", but no app has this name"));
            }
            if (circles.contains(app.name())) {
                errors.add(new FieldError(
                        app.path() + ".dependsOn",
                        "leads back to the app itself: "
                                + String.join(", ", circles.stream().sorted().toList())
                                + " depend on each other"));
            }
            if (!missing.isEmpty() || circles.contains(app.name())) {
                accepted.remove(app.name());
            }
        }
    }
}
