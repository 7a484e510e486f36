package io.functionenvironment.plan;

import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Components that are known only from what they left: rebuilt from the observed fields and our labels. */
public final class Retired {
    private Retired() {}

    /**
     * A component that is wanted, though not in a way we can carry out: it stays as it is.
     *
     * @param planned what else is planned; needs of anything beyond it are not kept
     */
    public static Optional<Component> held(ObservedResource observed, Set<String> planned) {
        return Resource.read(observed)
                .map(resource -> Component.wanted(
                        resource,
                        needs(resource).stream()
                                .filter(need -> planned.contains(need.on()))
                                .toList()));
    }

    /** Components that exist and are no longer wanted. */
    public static List<Component> of(Observed observed, Set<String> wanted, String environment, String health) {
        return ours(observed, environment)
                .filter(resource -> !wanted.contains(resource.meta().component()))
                .sorted(Comparator.comparing(resource -> resource.meta().component()))
                .map(resource -> Component.retired(
                        resource,
                        needs(resource),
                        resource instanceof Release release && release.config().equals(local(release))
                                ? Optional.of(health)
                                : Optional.empty()))
                .toList();
    }

    /** What exists and is ours, not another step's. */
    public static Stream<Resource> ours(Observed observed, String environment) {
        return observed.resources().entrySet().stream()
                .flatMap(entry -> Resource.read(entry.getValue()).stream()
                        .filter(resource -> resource.meta().environment().equals(environment)
                                && resource.meta().component().equals(entry.getKey())));
    }

    /** What a resource of ours needs, as it says itself. */
    public static List<Need> needs(Resource resource) {
        return Need.parse(resource.meta().needs());
    }

    private static ConfigRef local(Release release) {
        return ConfigRef.local(release.config().name());
    }
}
