package io.functionenvironment.addon.apps;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.status.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The apps that a team requests, and those that the platform installs in every Environment. */
public final class Apps implements Addon {
    static final String CONDITION = "AppsReady";

    private static final String PREFIX = "app-";

    /** The name of an app's component. Part of the API: it never changes. */
    public static String component(String app) {
        return PREFIX + app;
    }

    @Override
    public String conditionType() {
        return CONDITION;
    }

    @Override
    public Set<String> fields() {
        return Set.of("apps");
    }

    @Override
    public boolean owns(Owner owner) {
        return owner instanceof Owner.App;
    }

    @Override
    public AddonPlan plan(Inputs inputs, Optional<ClusterTarget> target, Map<String, String> others) {
        var errors = new FieldErrors();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var requested = requested(inputs, observed);
        var valid = new AppValidation(inputs, errors).validate(requested, others.keySet());
        var existing = requested.stream()
                .filter(name -> inputs.observed().has(component(name)))
                .collect(Collectors.toSet());
        var startable = target.isPresent() ? startable(valid, existing, others.keySet()) : Set.<String>of();
        var configMaps = new ValuesConfigMaps(observed);
        var components = new ArrayList<Component>();
        var releases = new LinkedHashMap<String, Component>();
        for (var name : requested) {
            var app = Optional.ofNullable(valid.get(name)).filter(ignored -> startable.contains(name));
            var configMap = app.flatMap(configMaps::of);
            var planned = app.map(
                    some -> new AppRelease(inputs, target.orElseThrow(), others, configMap).component(some, errors));
            // What it reads has to exist before a Release names it.
            var waits =
                    configMap.filter(map -> !inputs.observed().has(map.name())).isPresent()
                            && inputs.observed().has(component(name));
            var release =
                    planned.filter(ignored -> !waits).or(() -> observed.kept(component(name), new Owner.App(name)));
            release.ifPresent(some -> {
                components.add(some);
                releases.put(name, some);
            });
            components.addAll(configMaps.staying(name, waits || planned.isEmpty()));
            configMap.ifPresent(components::add);
        }
        var names = new LinkedHashMap<String, String>();
        requested.forEach(name -> names.put(name, component(name)));
        List<Owner> owners = requested.stream().<Owner>map(Owner.App::new).toList();
        return new AddonPlan(
                components,
                names,
                Optional.of(new Subject.Collection(CONDITION, "app", "apps", owners)),
                new AppStatus(requested, releases, inputs.observed()),
                errors.list());
    }

    /** All names that are requested, in whatever way, in the order of the request. */
    private static Set<String> requested(Inputs inputs, ObservedComponents observed) {
        var requested = new LinkedHashSet<String>();
        inputs.settings().apps().forEach(app -> requested.add(app.name()));
        inputs.environment().apps().forEach(app -> requested.add(app.name()));
        requested.addAll(inputs.environment().unreadable());
        if (!inputs.environment().listed()) {
            observed.owners().forEach(owner -> {
                if (owner instanceof Owner.App(var name)) {
                    requested.add(name);
                }
            });
        }
        return requested;
    }

    /** The valid apps whose dependencies exist or will. */
    private static Set<String> startable(Map<String, ResolvedApp> valid, Set<String> existing, Set<String> others) {
        var startable = new LinkedHashMap<>(valid);
        while (startable
                .values()
                .removeIf(resolved -> resolved.app().dependsOn().stream()
                        .anyMatch(
                                on -> !existing.contains(on) && !others.contains(on) && !startable.containsKey(on)))) {}
        return startable.keySet();
    }
}
