package io.functionenvironment.graph;

import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Tracking;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Resources of this Environment that still exist although Crossplane no longer tracks them: it stops as soon as a resource is
 * not desired, while the provider may still be deleting what it stands for.
 */
public record UntrackedResources(Observed observed, String environment) {

    /** The types by which something may be inside the Environment's cluster. */
    private static final List<Gvk> INSIDE = List.of(ProviderHelm.RELEASE, ProviderKubernetes.OBJECT);

    /**
     * The types to look up, while something waits for such resources to be gone. They follow from what was there when
     * Crossplane began to reconcile, and not from what the look-ups find: Crossplane calls again until the requirements no
     * longer change, five times at most.
     */
    public Set<Gvk> types(ComponentGraph graph) {
        var types = new LinkedHashSet<Gvk>();
        var removing = EnvironmentStatus.read(observed.composite().body()).removing();
        var removes = !removing.isEmpty();
        removing.stream()
                .map(item -> new Gvk(item.apiVersion(), item.kind()))
                // Crossplane fails the whole reconciliation if it cannot look something up.
                .filter(gvk -> !gvk.apiVersion().isEmpty() && !gvk.kind().isEmpty())
                .forEach(types::add);
        for (var component : graph.components().values()) {
            var exists = observed.has(component.name());
            var gvk = component.resource().gvk();
            if (!component.requested() && exists) {
                removes = true;
                if (component.resource().external()) {
                    types.add(gvk);
                }
            } else if (component.requested() && component.awaitsPredecessor() && !exists) {
                types.add(gvk);
            }
        }
        if (removes) {
            types.addAll(INSIDE);
        }
        return types;
    }

    /** Whether Crossplane has looked up all types that may hold what is being removed. */
    public boolean lookedUp(ComponentGraph graph) {
        return Stream.concat(INSIDE.stream(), types(graph).stream()).allMatch(observed::lookedUp);
    }

    /** Those of a component. */
    public Optional<ObservedResource> of(String component) {
        return all().filter(found -> found.label(Tracking.COMPONENT).equals(Optional.of(component)))
                .findFirst();
    }

    /** Of those of a component, one that the Environment controls and that its provider deletes, or will once Crossplane does. */
    public Optional<ObservedResource> beingRemoved(String component) {
        return ours().filter(found -> found.label(Tracking.COMPONENT).equals(Optional.of(component)))
                .filter(found ->
                        found.deleting() || ManagementPolicies.of(found.body()).delete())
                .findFirst();
    }

    /** Those that the Environment controls. What an earlier Environment of the same name left is not ours to change. */
    public Stream<ObservedResource> ours() {
        return all().filter(found -> found.controlledBy(observed.composite()));
    }

    private Stream<ObservedResource> all() {
        return observed.untracked()
                .filter(found -> found.label(Tracking.ENVIRONMENT).equals(Optional.of(environment)));
    }

    /** Components that may still depend on others. */
    public Stream<Component> components() {
        var components = new ObservedComponents(observed, environment);
        return all().flatMap(found -> components.of(found).stream());
    }

    /** Those inside the Environment's cluster that are uninstalled from it when they go, by component. */
    public Map<String, ObservedResource> uninstalling() {
        var uninstalling = new TreeMap<String, ObservedResource>();
        var components = new ObservedComponents(observed, environment);
        ours().forEach(found -> components
                .of(found)
                .filter(component -> component.location() instanceof Location.Guest
                        && component.resource().policies().delete())
                .ifPresent(component -> uninstalling.putIfAbsent(component.name(), found)));
        return uninstalling;
    }

    /** Whether a predecessor of a component exists, or may exist because nobody has looked. */
    public boolean mayPrecede(Component component) {
        return !observed.lookedUp(component.resource().gvk())
                || of(component.name())
                        .filter(found -> found.deleting() || !lostItsName(found))
                        .isPresent();
    }

    /** Whether it is a composed resource that somebody took its name from, so that Crossplane does not find it. */
    private boolean lostItsName(ObservedResource found) {
        return found.annotation(CrossplaneCore.COMPOSITION_RESOURCE_NAME).isEmpty()
                && found.controlledBy(observed.composite());
    }
}
