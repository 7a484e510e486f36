package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Components that are known from what exists of them: rebuilt from the observed fields and our labels. */
public final class ObservedComponents {
    private ObservedComponents() {}

    /**
     * A component that is wanted, though not in a way we can carry out: it stays as it is.
     *
     * @param unwanted components on their way out, which it may still keep from going; all others it needs no more, since it
     *     has started
     */
    public static Optional<Component> held(
            Observed observed, String environment, String component, Set<String> unwanted) {
        return observed.get(component)
                .flatMap(seen -> Resource.read(environment, component, seen))
                .map(resource -> Component.wanted(
                        inside(resource) ? resource.with(ManagementPolicies.NO_DELETE) : resource,
                        needs(resource).stream()
                                .filter(need -> unwanted.contains(need.on()))
                                .toList()));
    }

    /** Components that nobody wants any more. */
    public static List<Component> retired(Observed observed, Set<String> wanted, String environment, String health) {
        return ours(observed, environment, name -> !wanted.contains(name))
                .sorted(Comparator.comparing(resource -> resource.meta().component()))
                .map(resource -> retired(resource, health))
                .toList();
    }

    /** Apps that Crossplane has forgotten while they are still being uninstalled. */
    public static List<Component> dropped(Observed observed, Set<String> wanted, String health) {
        return new UntrackedResources(observed)
                .dropped().entrySet().stream()
                        .filter(left -> !wanted.contains(left.getKey()))
                        .flatMap(left -> Resource.read(left.getValue()).stream())
                        .map(resource -> retired(resource, health))
                        .toList();
    }

    private static Component retired(Resource resource, String health) {
        return Component.retired(resource, needs(resource), inside(resource) ? Optional.of(health) : Optional.empty());
    }

    /** What exists under some names and is ours, not another step's. */
    public static Stream<Resource> ours(Observed observed, String environment, Predicate<String> named) {
        return observed.resources().entrySet().stream()
                .filter(entry -> named.test(entry.getKey()))
                .flatMap(entry -> Resource.read(entry.getValue()).stream()
                        .filter(resource -> resource.meta().environment().equals(environment)
                                && resource.meta().component().equals(entry.getKey())));
    }

    /** What a resource of ours needs, as it says itself. */
    public static List<Dependency> needs(Resource resource) {
        return Dependency.parse(resource.meta().needs());
    }

    private static boolean inside(Resource resource) {
        return resource instanceof Release release && release.local();
    }
}
