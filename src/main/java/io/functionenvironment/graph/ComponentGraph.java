package io.functionenvironment.graph;

import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.resource.KubernetesObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What should exist. Every dependency of a component that is to start is in the graph, and none leads back to it.
 *
 * @param environment the hash of the Environment's identity
 * @param components by name, in the order they were planned
 */
public record ComponentGraph(String environment, Map<String, Component> components) {
    public ComponentGraph {
        components.values().stream()
                .filter(ComponentGraph::starts)
                .forEach(component -> component.dependsOn().forEach(dependency -> {
                    if (!components.containsKey(dependency.on())) {
                        throw new IllegalArgumentException(
                                component.name() + " depends on " + dependency.on() + ", which is not planned");
                    }
                }));
        var done = new HashSet<String>();
        for (var name : components.keySet()) {
            visit(components, name, new HashSet<>(), done);
        }
    }

    /** Components in the order given; a later one of the same name replaces an earlier one. */
    public static ComponentGraph of(String environment, List<Component> components) {
        var byName = new LinkedHashMap<String, Component>();
        components.forEach(component -> byName.put(component.name(), component));
        return new ComponentGraph(environment, byName);
    }

    /** The requested component that stands for the same object as another one, which so must not be deleted with that. */
    public Optional<String> successor(Component component) {
        return components.values().stream()
                .filter(other -> other.requested()
                        && other.resource() instanceof KubernetesObject object
                        && component.resource() instanceof KubernetesObject same
                        && object.sameObject(same))
                .map(Component::name)
                .findFirst();
    }

    /** Whether its dependencies decide when it starts: one that is kept has started. */
    private static boolean starts(Component component) {
        return component.requested() && !component.kept();
    }

    public Optional<Component> get(String name) {
        return Optional.ofNullable(components.get(name));
    }

    /**
     * Whether a component has to stay for the sake of another that needs it. An app or an add-on of which nothing is requested any more
     * stays as a whole while something else needs a part of it.
     */
    public boolean needs(Component dependent, Component component) {
        return dependent.needs(component.name())
                || wholes(dependent).anyMatch(part -> part.name().equals(component.name()));
    }

    /** All parts of what nothing is requested of any more, and of which a component of another owner needs some part. */
    private Stream<Component> wholes(Component dependent) {
        return dependent.owner() instanceof Owner.Protection
                ? Stream.empty()
                : dependent.dependsOn().stream()
                        .filter(dependency -> dependency.onDelete() == DeletionMode.UNINSTALL_FIRST)
                        .flatMap(dependency -> get(dependency.on()).stream())
                        // Of what has a requested part, the rest does not stay for its sake.
                        .filter(part -> !part.requested())
                        .map(Component::owner)
                        .filter(owner -> isWhole(owner) && !owner.equals(dependent.owner()))
                        .distinct()
                        .map(owner -> components.values().stream()
                                .filter(part -> part.owner().equals(owner))
                                .toList())
                        .filter(parts -> parts.stream().noneMatch(Component::requested))
                        .flatMap(List::stream);
    }

    private static boolean isWhole(Owner owner) {
        return switch (owner) {
            case Owner.App ignored -> true;
            case Owner.Addon ignored -> true;
            case Owner.Cluster ignored -> false;
            case Owner.Protection ignored -> false;
        };
    }

    /**
     * Whether a component that depends on another goes before it when neither is requested. Components that depend on each other
     * in a ring would wait for each other for ever, so there the one with the smaller name goes first.
     */
    public boolean goesFirst(String dependent, String other) {
        return dependent.compareTo(other) < 0 || !leadsTo(other, dependent, new HashSet<>());
    }

    private boolean leadsTo(String from, String to, Set<String> seen) {
        return get(from).stream()
                .flatMap(component -> Stream.concat(
                        component.dependsOn().stream().map(Dependency::on),
                        wholes(component).map(Component::name)))
                .anyMatch(next -> next.equals(to) || (seen.add(next) && leadsTo(next, to, seen)));
    }

    private static void visit(Map<String, Component> all, String name, Set<String> path, Set<String> done) {
        if (done.contains(name) || !(all.get(name) instanceof Component component) || !starts(component)) {
            return;
        }
        if (!path.add(name)) {
            throw new IllegalArgumentException(name + " depends on itself, through "
                    + String.join(", ", path.stream().sorted().toList()));
        }
        component.dependsOn().forEach(dependency -> visit(all, dependency.on(), path, done));
        path.remove(name);
        done.add(name);
    }

    /**
     * The shortest way by a relation from a name back to itself, with the name at both ends.
     *
     * @param start one of the {@link #cycles}
     */
    public static List<String> cycle(Map<String, List<String>> relation, String start) {
        var ways = new ArrayDeque<List<String>>();
        ways.add(List.of(start));
        var seen = new HashSet<String>();
        while (ways.poll() instanceof List<String> way) {
            for (var next : relation.getOrDefault(way.getLast(), List.of())) {
                var longer = Stream.concat(way.stream(), Stream.of(next)).toList();
                if (next.equals(start)) {
                    return longer;
                }
                if (seen.add(next)) {
                    ways.add(longer);
                }
            }
        }
        throw new IllegalArgumentException(start + " does not lead back to itself");
    }

    /** Names that lead back to themselves by a relation from each to others. */
    public static Set<String> cycles(Map<String, List<String>> relation) {
        var reached = new HashMap<String, Set<String>>();
        relation.keySet().forEach(start -> {
            var seen = new HashSet<String>();
            var next = new ArrayDeque<>(relation.getOrDefault(start, List.of()));
            while (next.poll() instanceof String name) {
                if (seen.add(name)) {
                    next.addAll(relation.getOrDefault(name, List.of()));
                }
            }
            reached.put(start, seen);
        });
        return Set.copyOf(reached.entrySet().stream()
                .filter(entry -> entry.getValue().contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList());
    }
}
