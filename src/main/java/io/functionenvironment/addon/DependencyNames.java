package io.functionenvironment.addon;

import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.json.FieldErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What everything in an Environment that has a name depends on, whatever add-on it belongs to. */
public final class DependencyNames {
    private final Map<String, DependencyName> names;
    private final Set<String> startable;

    private DependencyNames(Map<String, DependencyName> names, Set<String> startable) {
        this.names = names;
        this.startable = startable;
    }

    /**
     * The names of all add-ons. The first one that has a name keeps it: a team must not be able to stop an app of the platform.
     *
     * @param errors receives names that are used twice, dependencies on names that nothing has, and cycles
     */
    public static DependencyNames of(List<DependencyName> all, FieldErrors errors) {
        var names = new LinkedHashMap<String, DependencyName>();
        var refused = new HashSet<String>();
        for (var name : all) {
            var other = names.putIfAbsent(name.name(), name);
            if (other != null) {
                errors.add(
                        name.path() + ".name",
                        "is \"" + name.name() + "\", the name of another app, manifest or add-on; choose another name");
            }
        }
        var relation = new HashMap<String, List<String>>();
        names.values().stream()
                .filter(DependencyName::valid)
                .forEach(name -> relation.put(name.name(), name.dependsOn()));
        var cycles = ComponentGraph.cycles(relation);
        var reported = new HashSet<String>();
        for (var name : names.values()) {
            if (!name.valid()) {
                continue;
            }
            for (var on : name.dependsOn()) {
                if (!names.containsKey(on)) {
                    refused.add(name.name());
                    errors.add(
                            name.path() + ".dependsOn[" + name.dependsOn().indexOf(on) + "]",
                            "is \"" + on + "\", but nothing with this name is requested; "
                                    + others(name, names.keySet()));
                }
            }
            if (cycles.contains(name.name()) && reported.add(name.name())) {
                var cycle = ComponentGraph.cycle(relation, name.name());
                reported.addAll(cycle);
                errors.add(
                        name.path() + ".dependsOn",
                        "forms a cycle: " + String.join(" -> ", cycle) + "; remove one of these dependencies");
            }
        }
        refused.addAll(cycles);
        return new DependencyNames(names, startable(names, refused));
    }

    private static Set<String> startable(Map<String, DependencyName> names, Set<String> refused) {
        var startable = new HashSet<String>();
        names.values().stream()
                .filter(name -> name.valid() && !refused.contains(name.name()))
                .forEach(name -> startable.add(name.name()));
        while (startable.removeIf(name -> require(names, name).dependsOn().stream()
                .anyMatch(on -> !require(names, on).exists() && !startable.contains(on)))) {}
        return startable;
    }

    /** Whether it can be planned as requested: it is valid, its name is its own, and all that it depends on exists or will. */
    public boolean startable(DependencyName name) {
        return startable.contains(name.name()) && name.equals(names.get(name.name()));
    }

    /** Likewise of a reserved name, which nothing else has. */
    public boolean startable(String name) {
        return startable.contains(name);
    }

    /** The dependencies on everything that some names stand for. They have to be startable, or exist. */
    public List<Dependency> dependencies(List<String> dependsOn) {
        return dependsOn.stream()
                .flatMap(on -> require(names, on).components().stream())
                .map(component -> new Dependency(component, StartWhen.READY, DeletionMode.UNINSTALL_FIRST))
                .toList();
    }

    /** The path of what is requested under a name; empty if nothing is. */
    public Optional<String> path(String name) {
        return Optional.ofNullable(names.get(name)).map(DependencyName::path);
    }

    private static DependencyName require(Map<String, DependencyName> names, String name) {
        var found = names.get(name);
        if (found == null) {
            throw new IllegalStateException("nothing has the name " + name);
        }
        return found;
    }

    private static String others(DependencyName name, Set<String> all) {
        var others = all.stream()
                .filter(other -> !other.equals(name.name()))
                .sorted()
                .toList();
        return others.isEmpty() ? "remove it" : "use one of " + String.join(", ", others) + ", or remove it";
    }
}
