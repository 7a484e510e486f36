package io.functionenvironment.graph;

import io.functionenvironment.resource.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A part of an Environment: one resource, and what it takes to start and to end it.
 *
 * @param wanted whether somebody asks for it. What is no longer wanted stays until its end is due
 * @param answers the component that shows whether the cluster it lives in answers, without which it can't be undone
 * @param patience what is said of it while it comes up
 * @param guarded whether it must not start while its former self is still on its way out
 */
public record Component(
        Resource resource,
        List<Dependency> needs,
        boolean wanted,
        Optional<String> answers,
        StartupGrace patience,
        boolean guarded) {

    public static Component wanted(Resource resource, List<Dependency> needs) {
        return new Component(resource, needs, true, Optional.empty(), StartupGrace.NONE, false);
    }

    /** A component that nobody wants any more. */
    public static Component retired(Resource resource, List<Dependency> needs, Optional<String> answers) {
        return new Component(resource, needs, false, answers, StartupGrace.NONE, false);
    }

    public Component with(StartupGrace some) {
        return new Component(resource, needs, wanted, answers, some, guarded);
    }

    public Component guarded(boolean some) {
        return new Component(resource, needs, wanted, answers, patience, some);
    }

    /** The same component, inside a cluster that answers when another says so. */
    public Component inside(String health) {
        return new Component(resource, needs, wanted, Optional.of(health), patience, guarded);
    }

    /** Its name, and the composition-resource-name of its resource: part of the API, it never changes. */
    public String name() {
        return resource.meta().component();
    }

    public boolean needs(String other) {
        return needs.stream().anyMatch(need -> need.on().equals(other));
    }
}
