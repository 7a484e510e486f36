package io.functionenvironment.gate;

import io.functionenvironment.observed.Condition;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Existing;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.plan.Plan;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a component goes that nobody wants any more. Its resource says that the provider is to leave things alone when it
 * goes, since all ends with the cluster; so it is first allowed to delete, and dropped only once that is seen. Crossplane
 * forgets it at once, long before the provider is done, so whoever it needs is kept until a look-up finds it gone.
 */
record Exit(Plan plan, Observed observed, Instant now) {
    /** How long a control plane may be away before it counts as gone. */
    private static final Duration RESTART = Duration.ofMinutes(2);

    private static final String LET_GO = "waits for its cluster to answer";

    Decision leave(Component component) {
        return observed.get(component.name())
                .map(seen -> leave(component, seen))
                .orElseGet(() -> gone(component, "is gone"));
    }

    private Decision leave(Component component, ObservedResource seen) {
        var holder = neededBy(component);
        if (holder.isPresent()) {
            return new Decision(
                    component,
                    Optional.of(component.resource().body(Optional.of(seen), now)),
                    new State.Leaving("goes after " + holder.get(), true));
        }
        return switch (component.resource()) {
            case Usage ignored -> gone(component, "is no longer needed");
            case ProviderConfig ignored -> gone(component, "is no longer needed");
            case HostObject object ->
                object.policy() == Policy.OBSERVE
                        ? gone(component, "is no longer watched")
                        : undo(component, seen, false);
            case Release ignored -> undo(component, seen, component.answers().isPresent());
        };
    }

    private Decision undo(Component component, ObservedResource seen, boolean inCluster) {
        var deletes = component.resource().policy().deletes();
        if (inCluster && !installed(seen)) {
            return deletes
                    ? stay(component, Policy.KEEP, seen, LET_GO)
                    : gone(component, "goes; it never was installed");
        }
        var unreachable = inCluster && unreachable(seen);
        if (!inCluster || (answers(component) && !unreachable)) {
            if (!deletes) {
                return stay(component, Policy.REMOVE, seen, "is about to be uninstalled");
            }
            // A provider that has not heard of it yet might take a minute, in which its cluster may go.
            return seen.is("Synced")
                    ? gone(component, "is being uninstalled")
                    : stay(
                            component,
                            component.resource().policy(),
                            seen,
                            Trouble.of(seen).orElse("is about to be uninstalled"));
        }
        // With the right to delete it would wait for a cluster that may never answer, even when all else is deleted.
        return deletes || !(silent(component) || unreachable)
                ? stay(component, Policy.KEEP, seen, LET_GO)
                : gone(component, "is let go without being uninstalled, since its cluster does not answer");
    }

    /** Whether Helm has a record of it, or is about to; if not, there is nothing to undo. */
    private static boolean installed(ObservedResource seen) {
        var begun = seen.annotation("crossplane.io/external-create-pending").orElse("");
        var failed = seen.annotation("crossplane.io/external-create-failed").orElse("");
        var missing = seen.condition("Synced")
                .filter(synced -> synced.message().contains("external resource does not exist"))
                .isPresent();
        return !missing
                && (seen.body().at("status", "atProvider", "revision").isPresent()
                        || seen.annotation("crossplane.io/external-create-succeeded")
                                .isPresent()
                        || begun.compareTo(failed) > 0);
    }

    /** Whether the provider has not been able to look at it for so long that it will not be able to remove it. */
    private boolean unreachable(ObservedResource seen) {
        return seen.condition("Synced")
                .filter(synced -> synced.message().startsWith("observe failed")
                        || synced.message().startsWith("connect failed"))
                .filter(synced -> synced.status().equals("False"))
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    private boolean longAgo(Instant since) {
        return Duration.between(since, now).compareTo(RESTART) > 0;
    }

    private boolean answers(Component component) {
        return health(component)
                .filter(health -> Readiness.READY_AND_SYNCED.of(health))
                .isPresent();
    }

    /** Whether the cluster has not answered for so long that it is more than a restart. */
    private boolean silent(Component component) {
        return health(component)
                .flatMap(health -> health.condition("Ready"))
                .filter(ready -> !ready.isTrue())
                .flatMap(Condition::since)
                .filter(this::longAgo)
                .isPresent();
    }

    private Optional<ObservedResource> health(Component component) {
        return component.answers().flatMap(observed::get);
    }

    /** Who still needs a component: by its name, or in words as long as nobody has looked. */
    private Optional<String> neededBy(Component component) {
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
        return new Leftovers(observed)
                .releases()
                .map(left -> left.stream()
                        .flatMap(found -> Resource.read(found).stream())
                        .filter(other -> Existing.needs(other).stream()
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

    private Decision stay(Component component, Policy policy, ObservedResource seen, String word) {
        var body = component.resource().with(policy).body(Optional.of(seen), now);
        return new Decision(component, Optional.of(body), new State.Leaving(word, false));
    }

    private static Decision gone(Component component, String word) {
        return new Decision(component, Optional.empty(), new State.Gone(word));
    }
}
