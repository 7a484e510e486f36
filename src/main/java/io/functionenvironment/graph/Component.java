package io.functionenvironment.graph;

import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Tracking;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of an Environment: one resource, and what it takes to start and to remove it.
 *
 * @param name the composition-resource-name of its resource. Part of the API: it never changes
 * @param requested whether it should exist. What is no longer requested stays until its removal is due
 * @param grace how it is reported while it starts
 * @param awaitsPredecessor whether it must not start while a former resource of this name is being deleted
 * @param pollUntil what no watch reports of it, so that it has to be looked at in intervals until it is seen
 * @param obstacle why it must not start. One that exists stays, and is reported as blocked
 * @param kept whether it is requested in a way that cannot be carried out, and so stays as it is
 */
public record Component(
        String name,
        Resource resource,
        Owner owner,
        Location location,
        List<Dependency> dependsOn,
        boolean requested,
        StartupGrace grace,
        boolean awaitsPredecessor,
        Optional<StartWhen> pollUntil,
        Optional<Obstacle> obstacle,
        boolean kept) {

    public static Component requested(
            String name, Resource resource, Owner owner, Location location, List<Dependency> dependsOn) {
        return new Builder(name, resource, owner, location, List.copyOf(dependsOn)).build();
    }

    /** The same component as one that is no longer requested. */
    public Component unrequested() {
        var copy = new Builder(name, resource, owner, location, dependsOn);
        copy.requested = false;
        return copy.build();
    }

    /** The same component as one that stays as it is. */
    public Component keptAs(Resource as) {
        var copy = new Builder(name, as, owner, location, dependsOn);
        copy.kept = true;
        return copy.build();
    }

    public Component with(StartupGrace some) {
        var copy = new Builder(this);
        copy.grace = some;
        return copy.build();
    }

    public Component awaitingPredecessor(boolean awaits) {
        var copy = new Builder(this);
        copy.awaitsPredecessor = awaits;
        return copy.build();
    }

    public Component polledUntil(StartWhen seen) {
        var copy = new Builder(this);
        copy.pollUntil = Optional.of(seen);
        return copy.build();
    }

    public Component blockedBy(Optional<Obstacle> some) {
        var copy = new Builder(this);
        copy.obstacle = some;
        return copy.build();
    }

    /** A copy in the making. */
    private static final class Builder {
        private final String name;
        private final Resource resource;
        private final Owner owner;
        private final Location location;
        private final List<Dependency> dependsOn;
        private boolean requested = true;
        private StartupGrace grace = StartupGrace.NONE;
        private boolean awaitsPredecessor;
        private Optional<StartWhen> pollUntil = Optional.empty();
        private Optional<Obstacle> obstacle = Optional.empty();
        private boolean kept;

        Builder(String name, Resource resource, Owner owner, Location location, List<Dependency> dependsOn) {
            this.name = name;
            this.resource = resource;
            this.owner = owner;
            this.location = location;
            this.dependsOn = dependsOn;
        }

        Builder(Component from) {
            this(from.name, from.resource, from.owner, from.location, from.dependsOn);
            requested = from.requested;
            grace = from.grace;
            awaitsPredecessor = from.awaitsPredecessor;
            pollUntil = from.pollUntil;
            obstacle = from.obstacle;
            kept = from.kept;
        }

        Component build() {
            return new Component(
                    name,
                    resource,
                    owner,
                    location,
                    dependsOn,
                    requested,
                    grace,
                    awaitsPredecessor,
                    pollUntil,
                    obstacle,
                    kept);
        }
    }

    /** The dependency that shows whether the cluster it is in responds; empty if it is in the host cluster. */
    public Optional<Dependency> alive() {
        return location instanceof Location.Guest(var alive) ? Optional.of(alive) : Optional.empty();
    }

    /** Whether another has to stay for its sake: it depends on it, or on what shows that its cluster responds. */
    public boolean needs(String other) {
        return Stream.concat(dependsOn.stream(), alive().stream())
                .anyMatch(dependency -> dependency.on().equals(other));
    }

    /** Whether it has to be gone before another may be deleted. */
    public boolean goesBefore(String other) {
        return dependsOn.stream()
                .anyMatch(dependency ->
                        dependency.on().equals(other) && dependency.onDelete() == DeletionMode.UNINSTALL_FIRST);
    }

    /** Whether it is deleted when another is, so that it need not be uninstalled. */
    public boolean cascadesWith(String other) {
        return dependsOn.stream()
                .anyMatch(dependency -> dependency.on().equals(other) && dependency.onDelete() == DeletionMode.CASCADE);
    }

    /** Whether it is inside a cluster whose deletion takes it along. */
    public boolean diesWithItsCluster() {
        return alive().filter(alive -> alive.onDelete() == DeletionMode.CASCADE).isPresent();
    }

    /** What is written on its resource. */
    public Tracking tracking(String environment) {
        return new Tracking(
                environment,
                name,
                owner.label(),
                Dependency.write(dependsOn),
                alive().map(Dependency::write).orElse(""));
    }
}
