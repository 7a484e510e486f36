package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Tracking;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Components that are rebuilt from what exists: from the fields that this function sets, and its labels and annotations. */
public record ObservedComponents(Observed observed, String environment) {

    /** The components that exist and carry this Environment's labels; other steps' resources do not. By name. */
    public Stream<Component> all() {
        return named(name -> true);
    }

    /** Those with certain names. */
    public Stream<Component> named(Predicate<String> names) {
        return observed.resources().entrySet().stream()
                .filter(entry -> names.test(entry.getKey()))
                .flatMap(entry -> of(entry.getValue()).stream()
                        .filter(component -> component.name().equals(entry.getKey())));
    }

    /** The owners of all components that exist, without reading their resources. */
    public Stream<Owner> owners() {
        return observed.resources().values().stream().flatMap(seen -> owner(seen).stream());
    }

    /** The owner that the labels of a resource of this Environment name, without reading the resource. */
    public Optional<Owner> owner(ObservedResource seen) {
        return tracking(seen).flatMap(tracking -> Owner.parse(tracking.owner()));
    }

    /** The labels and annotations of a resource of this Environment; empty if it is not this Environment's. */
    public Optional<Tracking> tracking(ObservedResource seen) {
        return Tracking.of(seen).filter(tracking -> tracking.environment().equals(environment));
    }

    /**
     * The component that a resource carries the labels of; not requested. Empty if it is not this Environment's, or if its
     * labels and annotations are not understood.
     */
    public Optional<Component> of(ObservedResource seen) {
        return tracking(seen)
                .flatMap(tracking -> Owner.parse(tracking.owner())
                        .flatMap(owner -> Dependency.parse(tracking.dependsOn())
                                .flatMap(dependsOn -> location(tracking)
                                        .map(location ->
                                                component(tracking.component(), owner, location, dependsOn, seen)))));
    }

    /** Requested components of some owners, which stay as they are because what is requested cannot be carried out. */
    public List<Component> kept(Predicate<Owner> owners) {
        return all().filter(component -> owners.test(component.owner()))
                .map(ObservedComponents::keep)
                .toList();
    }

    /**
     * Everything that a cluster owns, with the Usages of it, as kept components.
     *
     * @param parts the names of its parts, which add-ons depend on: these are kept whatever happened to their labels
     */
    public List<Component> kept(Owner.Cluster cluster, Collection<String> parts) {
        var protection = new Owner.Protection(cluster);
        return Stream.concat(
                        parts.stream().flatMap(name -> kept(name, cluster).stream()),
                        kept(owner -> owner.equals(cluster) || owner.equals(protection)).stream()
                                .filter(component -> !parts.contains(component.name())))
                .toList();
    }

    /** A kept component of a known name and owner, whatever happened to its labels. */
    public Optional<Component> kept(String name, Owner owner) {
        return observed.get(name).map(seen -> {
            var tracking = new Tracking(
                    environment,
                    name,
                    owner.label(),
                    seen.annotation(Tracking.DEPENDS_ON).orElse(""),
                    seen.annotation(Tracking.ALIVE).orElse(""));
            return keep(component(
                    name,
                    owner,
                    location(tracking).orElse(Location.HOST),
                    Dependency.parse(tracking.dependsOn()).orElse(List.of()),
                    seen));
        });
    }

    /** What dies with its cluster has the right to delete only while it is being uninstalled. */
    private static Component keep(Component component) {
        var resource = component.resource();
        return component.keptAs(
                component.diesWithItsCluster() && resource.policies().delete()
                        ? resource.with(ManagementPolicies.NO_DELETE)
                        : resource);
    }

    private static Optional<Location> location(Tracking tracking) {
        return Dependency.parse(tracking.alive())
                .filter(alive -> alive.size() <= 1)
                .map(alive -> alive.stream()
                        .findFirst()
                        .<Location>map(Location.Guest::new)
                        .orElse(Location.HOST));
    }

    private static Component component(
            String name, Owner owner, Location location, List<Dependency> dependsOn, ObservedResource seen) {
        return Component.requested(name, Resource.read(seen), owner, location, dependsOn)
                .unrequested();
    }
}
