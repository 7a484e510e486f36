package io.functionenvironment.addon;

import io.functionenvironment.app.App;
import io.functionenvironment.environment.Environment;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.plan.Retired;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.tree.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The apps of an Environment, planned.
 *
 * @param components those that can be carried out, and those that exist and stay as they are
 * @param wanted the name of every app that somebody asks for, in the order they asked, with the app where it was accepted
 * @param faults why some are not carried out
 */
public record Apps(List<Component> components, Map<String, Optional<App>> wanted, List<Fault> faults) {
    public static final String PREFIX = "app-";

    /**
     * Plans the apps that a team asks for, and those of the platform.
     *
     * @param cluster the components of the cluster they live in, which are what they may need besides each other
     */
    public static Apps plan(Environment environment, Settings settings, Observed observed, Set<String> cluster) {
        var faults = new ArrayList<Fault>();
        var accepted = accepted(environment, new Offer(settings, observed), faults);
        var wanted = new LinkedHashMap<String, Optional<App>>();
        settings.apps().forEach(app -> wanted.put(app.name(), Optional.empty()));
        environment.apps().forEach(app -> wanted.put(app.name(), Optional.empty()));
        environment.unreadable().forEach(name -> wanted.put(name, Optional.empty()));
        if (!environment.listed()) {
            new TreeSet<>(observed.resources().keySet())
                    .stream()
                            .filter(name -> name.startsWith(PREFIX))
                            .forEach(name -> wanted.putIfAbsent(name.substring(PREFIX.length()), Optional.empty()));
        }
        refuseDependencies(accepted, wanted.keySet(), faults);
        accepted.forEach((name, app) -> wanted.put(name, Optional.of(app)));

        var planned = new HashSet<>(cluster);
        wanted.keySet().stream()
                .map(name -> PREFIX + name)
                .filter(name -> observed.has(name) || accepted.containsKey(name.substring(PREFIX.length())))
                .forEach(planned::add);
        var known = new HashSet<>(planned);
        Retired.ours(observed, environment.identity().hash())
                .forEach(resource -> known.add(resource.meta().component()));
        var components = new ArrayList<Component>();
        var releases = new AppRelease(environment.identity(), observed);
        wanted.forEach((name, app) -> {
            var startable = app.filter(some -> some.dependsOn().stream().allMatch(on -> planned.contains(PREFIX + on)));
            var component = startable
                    .flatMap(some -> releases.component(some, cluster, faults))
                    .or(() -> observed.get(PREFIX + name).flatMap(seen -> Retired.held(seen, known)));
            component.ifPresent(components::add);
        });
        return new Apps(List.copyOf(components), wanted, List.copyOf(faults));
    }

    private static Map<String, App> accepted(Environment environment, Offer offer, List<Fault> faults) {
        var settings = offer.settings();
        var accepted = new LinkedHashMap<String, App>();
        settings.apps().forEach(app -> {
            var found = new ArrayList<Fault>();
            offer.resolve(app, true, found).ifPresent(whole -> accepted.put(app.name(), whole));
            found.forEach(fault -> faults.add(new Fault("Settings " + fault.path(), fault.message())));
        });
        var most = settings.limits().maxApps();
        var count = 0;
        for (var app : environment.apps()) {
            count++;
            if (accepted.containsKey(app.name())) {
                faults.add(new Fault(
                        app.path() + ".name",
                        "is \"" + app.name() + "\", which the platform installs in every environment; choose another"));
            } else if (count > most) {
                faults.add(new Fault(app.path(), "is app " + count + ", but this platform allows " + most));
            } else {
                offer.resolve(app, false, faults).ifPresent(whole -> accepted.put(app.name(), whole));
            }
        }
        return accepted;
    }

    private static void refuseDependencies(Map<String, App> accepted, Set<String> wanted, List<Fault> faults) {
        var relation = new HashMap<String, List<String>>();
        accepted.forEach((name, app) -> relation.put(name, app.dependsOn()));
        var circles = Plan.circles(relation);
        for (var app : List.copyOf(accepted.values())) {
            var missing =
                    app.dependsOn().stream().filter(on -> !wanted.contains(on)).toList();
            for (var on : missing) {
                faults.add(new Fault(
                        app.path() + ".dependsOn[" + app.dependsOn().indexOf(on) + "]",
                        "is \"" + on + "\", but no app has this name"));
            }
            if (circles.contains(app.name())) {
                faults.add(new Fault(
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
