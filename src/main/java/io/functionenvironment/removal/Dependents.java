package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** For whose sake a component stays that nobody wants any more. */
public record Dependents(ComponentGraph plan, Observed observed) {

    /** Who still needs a component: by its name, or in words as long as nobody has looked. */
    public Optional<String> of(Component component) {
        var seen = plan.components().values().stream()
                .filter(other -> observed.has(other.name()) && other.needs(component.name()))
                // Those that need each other in a ring would wait for each other for ever.
                .filter(other -> other.wanted()
                        || !reaches(component, other.name(), new HashSet<>())
                        || other.name().compareTo(component.name()) < 0)
                .map(Component::name)
                .findFirst();
        if (seen.isPresent() || !(component.resource() instanceof Release)) {
            return seen;
        }
        return new UntrackedResources(observed)
                .releases()
                .map(left -> left.stream()
                        .flatMap(found -> Resource.read(found).stream())
                        .filter(other -> ObservedComponents.needs(other).stream()
                                .anyMatch(need -> need.on().equals(component.name())))
                        .map(other -> other.meta().component())
                        .findFirst())
                .orElse(Optional.of("whatever else is still being uninstalled"));
    }

    private boolean reaches(Component from, String to, Set<String> seen) {
        return from.needs().stream()
                .anyMatch(need -> need.on().equals(to)
                        || (seen.add(need.on())
                                && plan.components().get(need.on()) instanceof Component next
                                && reaches(next, to, seen)));
    }
}
