package io.functionenvironment.addon;

import io.functionenvironment.app.App;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.environment.Environment;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Existing;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.tree.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The apps of an Environment, planned.
 *
 * @param components those that can be carried out, and those that exist and stay as they are
 * @param wanted the name of every app that somebody asks for, in the order they asked
 * @param faults why some are not carried out
 */
public record Apps(List<Component> components, Set<String> wanted, List<Fault> faults) {
    public static final String PREFIX = "app-";

    /**
     * Plans the apps that a team asks for, and those of the platform.
     *
     * @param cluster the components of the cluster they live in
     */
    public static Apps plan(Environment environment, Settings settings, Observed observed, Set<String> cluster) {
        var faults = new ArrayList<Fault>();
        var wanted = wanted(environment, settings, observed);
        var accepted = Acceptance.of(environment, settings, observed, wanted, faults);
        var held = held(environment.identity().hash(), observed, wanted);
        var reachable = cluster.containsAll(Set.of(Cluster.CLUSTER, Cluster.ACCESS));
        var startable = reachable ? startable(accepted, held.keySet()) : Set.<String>of();
        var releases = new AppRelease(environment.identity(), observed);
        var components = new ArrayList<Component>();
        for (var name : wanted) {
            if (startable.contains(name) && accepted.get(name) instanceof App app) {
                components.add(releases.component(app, faults));
            } else if (held.get(name) instanceof Component component) {
                components.add(component);
            }
        }
        return new Apps(List.copyOf(components), wanted, List.copyOf(faults));
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

    /** The wanted apps that exist, as they are. */
    private static Map<String, @Nullable Component> held(String environment, Observed observed, Set<String> wanted) {
        var unwanted = Existing.ours(observed, environment)
                .map(resource -> resource.meta().component())
                .filter(name -> name.startsWith(PREFIX) && !wanted.contains(name.substring(PREFIX.length())))
                .collect(Collectors.toSet());
        var held = new LinkedHashMap<String, @Nullable Component>();
        wanted.forEach(name -> Existing.held(observed, environment, PREFIX + name, unwanted)
                .ifPresent(component -> held.put(name, component)));
        return held;
    }

    /** The accepted apps whose dependencies are there or will be. */
    private static Set<String> startable(Map<String, App> accepted, Set<String> there) {
        var startable = new LinkedHashSet<>(accepted.values());
        while (startable.removeIf(app -> app.dependsOn().stream()
                .anyMatch(on -> !there.contains(on)
                        && !Optional.ofNullable(accepted.get(on))
                                .filter(startable::contains)
                                .isPresent()))) {}
        return startable.stream().map(App::name).collect(Collectors.toSet());
    }
}
