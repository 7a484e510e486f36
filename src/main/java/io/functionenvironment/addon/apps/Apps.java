package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The apps of an Environment, planned.
 *
 * @param components those that can be carried out, and those that exist and stay as they are
 * @param wanted the name of every app that somebody asks for, in the order they asked
 * @param errors why some are not carried out
 */
public record Apps(List<Component> components, Set<String> wanted, List<FieldError> errors) {
    public static final String PREFIX = "app-";

    /**
     * Plans the apps that a team asks for, and those of the platform.
     *
     * @param cluster the components of the cluster they live in
     */
    public static Apps plan(Environment environment, Settings settings, Observed observed, Set<String> cluster) {
        var errors = new FieldErrors();
        var wanted = wanted(environment, settings, observed);
        var accepted = AppValidation.of(environment, settings, observed, wanted, errors);
        var held = new KeptApps(observed, environment.identity().hash(), wanted);
        var reachable = cluster.containsAll(Set.of(Cluster.CLUSTER, Cluster.ACCESS));
        var startable = reachable ? startable(accepted, held.names()) : Set.<String>of();
        var releases = new AppRelease(environment.identity(), observed);
        var components = new ArrayList<Component>();
        for (var name : wanted) {
            if (startable.contains(name) && accepted.get(name) instanceof App app) {
                components.add(releases.component(app, errors));
            } else {
                held.component(name).ifPresent(components::add);
            }
        }
        return new Apps(List.copyOf(components), wanted, errors.list());
    }

    private static Set<String> wanted(Environment environment, Settings settings, Observed observed) {
        var wanted = new LinkedHashSet<String>();
        settings.apps().forEach(app -> wanted.add(app.name()));
        environment.apps().forEach(app -> wanted.add(app.name()));
        wanted.addAll(environment.unreadable());
        if (!environment.listed()) {
            new TreeMap<>(observed.resources()).forEach((name, seen) -> {
                if (name.startsWith(PREFIX) && seen.body().text("kind").equals(Optional.of("Release"))) {
                    wanted.add(name.substring(PREFIX.length()));
                }
            });
        }
        return wanted;
    }

    /** The accepted apps whose dependencies are there or will be. */
    private static Set<String> startable(Map<String, App> accepted, Set<String> there) {
        var startable = new LinkedHashMap<>(accepted);
        while (startable
                .values()
                .removeIf(app ->
                        app.dependsOn().stream().anyMatch(on -> !there.contains(on) && !startable.containsKey(on)))) {}
        return startable.keySet();
    }
}
