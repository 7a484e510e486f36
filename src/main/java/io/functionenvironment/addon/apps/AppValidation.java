package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the requested apps can be carried out as requested. */
final class AppValidation {
    private final Inputs inputs;
    private final ChartCatalog catalog;
    private final FieldErrors errors;
    private final Map<String, ResolvedApp> valid = new LinkedHashMap<>();

    /** @param errors receives why the others cannot be carried out */
    AppValidation(Inputs inputs, FieldErrors errors) {
        this.inputs = inputs;
        this.catalog = new ChartCatalog(inputs.settings(), inputs.observed());
        this.errors = errors;
    }

    /**
     * The valid apps by name, in the order of the request.
     *
     * @param requested the names of all apps, in whatever way they are requested
     * @param addons other names that an app may depend on
     */
    Map<String, ResolvedApp> validate(Set<String> requested, Set<String> addons) {
        inputs.settings().apps().forEach(this::platformApp);
        teamApps(inputs.environment().apps(), inputs.settings().limits().maxApps());
        refuseDependencies(requested, addons);
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
            } else {
                catalog.resolve(app, false, errors).ifPresent(whole -> valid.put(app.name(), whole));
            }
        }
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

    private void refuseDependencies(Set<String> requested, Set<String> addons) {
        var relation = new HashMap<String, List<String>>();
        valid.forEach((name, resolved) -> relation.put(name, resolved.app().dependsOn()));
        var cycles = ComponentGraph.cycles(relation);
        var reported = new HashSet<String>();
        for (var resolved : List.copyOf(valid.values())) {
            var app = resolved.app();
            var missing = app.dependsOn().stream()
                    .filter(on -> !requested.contains(on) && !addons.contains(on))
                    .toList();
            for (var on : missing) {
                errors.add(
                        app.path() + ".dependsOn[" + app.dependsOn().indexOf(on) + "]",
                        "is \"" + on + "\", but no app has this name; " + others(app, requested, addons));
            }
            if (cycles.contains(app.name()) && !reported.contains(app.name())) {
                var cycle = ComponentGraph.cycle(relation, app.name());
                reported.addAll(cycle);
                errors.add(
                        app.path() + ".dependsOn",
                        "forms a cycle: " + String.join(" -> ", cycle) + "; remove one of these dependencies");
            }
            if (!missing.isEmpty() || cycles.contains(app.name())) {
                valid.remove(app.name());
            }
        }
    }

    private static String others(App app, Set<String> requested, Set<String> addons) {
        var names = Stream.concat(requested.stream(), addons.stream())
                .filter(name -> !name.equals(app.name()))
                .sorted()
                .toList();
        return names.isEmpty() ? "remove it" : "use one of " + String.join(", ", names) + ", or remove it";
    }
}
