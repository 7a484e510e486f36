package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of the requested apps can be carried out as requested. */
final class AppValidation {
    private final Inputs inputs;
    private final ChartCatalog catalog;
    private final ResourceValues resourceValues;
    private final FieldErrors errors;
    private final Map<String, ResolvedApp> valid = new LinkedHashMap<>();

    /** @param errors receives why the others cannot be carried out */
    AppValidation(Inputs inputs, FieldErrors errors) {
        this.inputs = inputs;
        this.catalog = new ChartCatalog(inputs);
        this.resourceValues = new ResourceValues(inputs, errors);
        this.errors = errors;
    }

    /** The valid apps by name, in the order of the request. */
    Map<String, ResolvedApp> validate() {
        inputs.settings().apps().forEach(this::platformApp);
        teamApps(inputs.environment().apps(), inputs.settings().limits().maxApps());
        return valid;
    }

    private void platformApp(App app) {
        catalog.resolve(app, true, errors).ifPresent(whole -> valid.put(app.name(), whole));
    }

    private void teamApps(List<App> apps, int limit) {
        var count = 0;
        for (var app : apps) {
            count++;
            if (inputs.settings().apps().stream().anyMatch(other -> other.name().equals(app.name()))) {
                refuseDuplicate(app);
            } else if (count > limit) {
                errors.add(
                        app.path(), "exceeds the limit of " + limit + " apps: it is app " + count + "; remove an app");
            } else if (secretsAllowed(app)) {
                resourceValues
                        .fill(app)
                        .flatMap(filled ->
                                catalog.resolve(filled.app(), false, errors).map(whole -> whole.with(filled)))
                        .ifPresent(whole -> valid.put(app.name(), whole));
            }
        }
    }

    /** A person who may edit an Environment is not always allowed to read the Secrets of its namespace. */
    private boolean secretsAllowed(App app) {
        var before = errors.size();
        var limits = inputs.settings().limits();
        app.chart()
                .pullSecret()
                .ifPresent(name -> limits.checkSecret(app.path() + ".chart.pullSecretRef.name", name, errors));
        for (var i = 0; i < app.valuesFrom().size(); i++) {
            var path = app.path() + ".valuesFrom[" + i + "].secretKeyRef.name";
            app.valuesFrom()
                    .get(i)
                    .text("secretKeyRef", "name")
                    .ifPresent(name -> limits.checkSecret(path, name, errors));
        }
        for (var i = 0; i < app.set().size(); i++) {
            var path = app.path() + ".set[" + i + "].valueFrom.secretKeyRef.name";
            app.set()
                    .get(i)
                    .text("valueFrom", "secretKeyRef", "name")
                    .ifPresent(name -> limits.checkSecret(path, name, errors));
        }
        return errors.size() == before;
    }

    /** It is not known whose the one is that exists, so neither request may change it. */
    private void refuseDuplicate(App app) {
        var exists = inputs.observed().has(Apps.component(app.name()));
        if (exists) {
            valid.remove(app.name());
        }
        errors.add(
                app.path() + ".name",
                "is \"" + app.name()
                        + "\", which the platform installs in every Environment; remove the app, or choose another name"
                        + (exists ? " (until then, the installed app stays as it is)" : ""));
    }
}
