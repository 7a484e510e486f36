package io.functionenvironment.gate;

import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.plan.Retired;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a component goes that nobody wants any more. Its resource says that the provider is to leave things alone when it
 * goes, since all ends with the cluster; so it is first allowed to delete, and dropped only once that is seen. Crossplane
 * forgets it at once, long before the provider is done, so whoever it needs is kept until a look-up finds it gone.
 */
record Exit(Plan plan, Observed observed, Instant now) {

    Decision leave(Component component) {
        var seen = observed.get(component.name());
        if (seen.isEmpty()) {
            return gone(component, "is gone");
        }
        var holder = neededBy(component);
        if (holder.isPresent()) {
            return stay(component, component.resource(), seen, "goes after " + holder.get());
        }
        return switch (component.resource()) {
            case Usage ignored -> gone(component, "is no longer needed");
            case ProviderConfig ignored -> gone(component, "is no longer needed");
            case HostObject object ->
                object.policy() == Policy.OBSERVE
                        ? gone(component, "is no longer watched")
                        : undo(component, seen, true);
            case Release ignored -> undo(component, seen, answers(component));
        };
    }

    private Decision undo(Component component, Optional<ObservedResource> seen, boolean possible) {
        var deletes = component.resource().policy() == Policy.DELETE;
        if (possible) {
            return deletes
                    ? gone(component, "is being uninstalled")
                    : stay(component, component.resource().with(Policy.DELETE), seen, "is about to be uninstalled");
        }
        // With the right to delete it would wait for a cluster that may never answer, even when all else is deleted.
        return deletes
                ? stay(component, component.resource().with(Policy.KEEP), seen, "is about to be let go")
                : gone(component, "is let go without being uninstalled, since its cluster does not answer");
    }

    private boolean answers(Component component) {
        return component.answers().isEmpty()
                || component
                        .answers()
                        .flatMap(health -> observed.get(health)
                                .flatMap(seen -> Optional.ofNullable(
                                                plan.components().get(health))
                                        .map(other ->
                                                other.resource().readiness().of(seen))))
                        .orElse(false);
    }

    /** Who still needs a component: by its name, or in words as long as nobody has looked. */
    private Optional<String> neededBy(Component component) {
        var seen = plan.components().values().stream()
                .filter(other -> observed.has(other.name()) && other.needs(component.name()))
                .map(Component::name)
                .findFirst();
        if (seen.isPresent()) {
            return seen;
        }
        if (!(component.resource() instanceof Release)) {
            return Optional.empty();
        }
        return observed.leftovers().isEmpty()
                ? Optional.of("whatever else is still being uninstalled")
                : forgotten().stream()
                        .filter(other -> Retired.needs(other).stream()
                                .anyMatch(need -> need.on().equals(component.name())))
                        .map(other -> other.meta().component())
                        .findFirst();
    }

    /** Ours, not observed any more, and yet there. */
    private List<Resource> forgotten() {
        return observed.leftovers().orElse(List.of()).stream()
                .filter(left -> observed.resources().values().stream()
                        .noneMatch(seen -> seen.name().equals(left.name())
                                && seen.body().text("kind").equals(left.body().text("kind"))))
                .flatMap(left -> Resource.read(left).stream())
                .toList();
    }

    private Decision stay(Component component, Resource resource, Optional<ObservedResource> seen, String word) {
        return new Decision(component, Optional.of(resource.body(seen, now)), new State.Leaving(word));
    }

    private static Decision gone(Component component, String word) {
        return new Decision(component, Optional.empty(), new State.Gone(word));
    }
}
