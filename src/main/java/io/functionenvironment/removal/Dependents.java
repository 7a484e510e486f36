package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.ComponentState.Removal;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Resource;
import java.util.Optional;

/** What keeps a component that is no longer requested: others that need it and are not gone. */
record Dependents(ComponentGraph graph, Observed observed, UntrackedResources untracked) {

    /** Why a component stays for the sake of others. */
    Optional<Removal> hold(Component component) {
        var dependent = graph.components().values().stream()
                .filter(other -> observed.has(other.name()) && graph.needs(other, component))
                .filter(other -> !goesAlong(other, component.name()))
                .filter(other -> other.requested() || graph.goesFirst(other.name(), component.name()))
                .map(this::reported)
                .findFirst()
                .or(() -> untracked(component));
        if (dependent.isPresent()) {
            return dependent.map(name -> Removal.of(RemovalReason.AWAITS_DEPENDENT, name));
        }
        return component.resource().external() && !untracked.lookedUp(graph)
                ? Optional.of(Removal.of(RemovalReason.AWAITS_LOOKUP))
                : Optional.empty();
    }

    /** The name by which a dependent is reported: a Usage exists for the sake of a component, which goes with it. */
    private String reported(Component dependent) {
        return DeletionOrderUsages.user(dependent)
                .filter(user -> graph.get(user).filter(Component::requested).isEmpty())
                .orElse(dependent.name());
    }

    private Optional<String> untracked(Component component) {
        return untracked
                .components()
                .filter(other -> graph.needs(other, component)
                        && other.resource().policies().delete()
                        && !other.name().equals(component.name()))
                .map(Component::name)
                .findFirst();
    }

    /**
     * Whether a component goes with others that are no longer requested, and has nothing to delete by itself, so that another
     * need not wait for it. It waits for a Usage that refuses its deletion.
     */
    private boolean goesAlong(Component component, String other) {
        if (!component.resource().external() && !component.requested()) {
            return !component.goesBefore(other);
        }
        return cascadesWith(component).isPresent() && !deletes(component);
    }

    /** What takes a component along when it goes. */
    Optional<String> cascadesWith(Component component) {
        return component.requested()
                ? Optional.empty()
                : graph.components().values().stream()
                        .filter(other -> !other.requested()
                                && other.resource().external()
                                && observed.has(other.name())
                                && component.cascadesWith(other.name()))
                        .map(Component::name)
                        .findFirst();
    }

    private boolean deletes(Component component) {
        return observed.get(component.name())
                .map(Resource::read)
                .filter(resource -> resource.policies().delete())
                .isPresent();
    }
}
