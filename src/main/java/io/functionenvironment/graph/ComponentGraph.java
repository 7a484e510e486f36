package io.functionenvironment.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What should exist. Every need is met by a component of the plan, and none needs itself through others. */
public record ComponentGraph(Map<String, Component> components) {

    public ComponentGraph {
        components.values().stream()
                .filter(Component::wanted)
                .forEach(component -> component.needs().forEach(need -> {
                    if (!components.containsKey(need.on())) {
                        throw new IllegalArgumentException(
                                component.name() + " needs " + need.on() + ", which is not planned");
                    }
                }));
        var done = new HashSet<String>();
        components.keySet().forEach(name -> visit(components, name, new HashSet<>(), done));
    }

    /** Components in the order given; one that comes again replaces the one before. */
    public static ComponentGraph of(List<Component> components) {
        var byName = new LinkedHashMap<String, Component>();
        components.forEach(component -> byName.put(component.name(), component));
        return new ComponentGraph(byName);
    }

    private static void visit(Map<String, Component> all, String name, Set<String> way, Set<String> done) {
        if (done.contains(name) || !(all.get(name) instanceof Component component) || !component.wanted()) {
            return;
        }
        if (!way.add(name)) {
            throw new IllegalArgumentException(name + " needs itself, through "
                    + String.join(", ", way.stream().sorted().toList()));
        }
        component.needs().forEach(need -> visit(all, need.on(), way, done));
        way.remove(name);
        done.add(name);
    }

    /** Names that, by a relation from each to others, lead back to themselves. */
    public static Set<String> circles(Map<String, List<String>> relation) {
        var reach = new HashMap<String, Set<String>>();
        relation.keySet().forEach(start -> {
            var seen = new HashSet<String>();
            var next = new java.util.ArrayDeque<>(relation.getOrDefault(start, List.of()));
            while (next.poll() instanceof String name) {
                if (seen.add(name)) {
                    next.addAll(relation.getOrDefault(name, List.of()));
                }
            }
            reach.put(start, seen);
        });
        return Set.copyOf(reach.entrySet().stream()
                .filter(entry -> entry.getValue().contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList());
    }
}
