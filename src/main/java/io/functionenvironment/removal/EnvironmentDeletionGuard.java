package io.functionenvironment.removal;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.Readiness;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.resource.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps an Environment while something is uninstalled from its cluster. If the Environment were deleted then, the cluster
 * would go first, Crossplane would no longer call this function, and the resource that is being uninstalled would wait for
 * that cluster for ever. So a Usage has the deletion refused. Crossplane notes the attempt on the Environment and calls this
 * function, which orphans what is being uninstalled and withdraws the Usage; the next attempt succeeds.
 *
 * <p>Crossplane is not asked to repeat the deletion by itself: it notes dry runs too, and would delete an Environment that
 * nobody deletes.
 */
public record EnvironmentDeletionGuard(Observed observed, String environment) {
    private static final String ENVIRONMENT = "environment";
    private static final String REASON =
            "resources are being uninstalled from the Environment's cluster; retry the deletion ";
    /** For a Usage from before any attempt: the next attempt is noted, and orphans what is being uninstalled. */
    private static final String RETRY_SOON = REASON + "in a few seconds";
    /** For one after an attempt: Crossplane does not note a second one, so the uninstallation has to end first. */
    private static final String RETRY_LATER = REASON + "when status.removing is empty";

    /** The Usages for components in the cluster that are no longer requested, and for those that are already untracked. */
    public List<Component> usages(List<Component> unrequested) {
        var untracked = new UntrackedResources(observed, environment);
        return Stream.concat(
                        unrequested.stream()
                                .filter(component -> component.location() instanceof Location.Guest
                                        && component.resource().external())
                                .map(component -> Map.entry(component.name(), component.owner())),
                        untracked
                                .components()
                                .filter(component -> untracked.uninstalling().containsKey(component.name()))
                                .map(component -> Map.entry(component.name(), component.owner())))
                .distinct()
                .map(guarded -> usage(guarded.getKey(), guarded.getValue()))
                .toList();
    }

    /** It goes when what it guards is gone. One that exists stays as it is: it shows what had been attempted before it. */
    private Component usage(String guarded, Owner owner) {
        var dependsOn = List.of(new Dependency(guarded, StartWhen.EXISTS, DeletionMode.CASCADE));
        var reason = attempted() ? RETRY_LATER : RETRY_SOON;
        var usage = observed.get(name(guarded))
                .filter(seen -> seen.gvk().sameKind(CrossplaneCore.USAGE))
                .map(Resource::read)
                .orElseGet(() -> new Usage(party(), Optional.empty(), Optional.of(reason), false, attempted()));
        return Component.requested(name(guarded), usage, new Owner.Protection(owner), Location.HOST, dependsOn)
                .unrequested();
    }

    private static String name(String guarded) {
        return DeletionOrderUsages.name(guarded, ENVIRONMENT);
    }

    /** Whether a component is a Usage that guards the Environment. */
    boolean guards(Component component) {
        return component.resource() instanceof Usage usage
                && usage.by().isEmpty()
                && usage.of().same(party());
    }

    /** Whether somebody tried to delete the Environment and a Usage from before that attempt refused. */
    public boolean deletionRefused() {
        return attempted()
                && new ObservedComponents(observed, environment)
                        .all()
                        .anyMatch(component ->
                                guards(component) && component.resource() instanceof Usage usage && !usage.attempted());
    }

    /** Whether Crossplane has noted an attempt to delete the Environment. */
    boolean attempted() {
        return observed.composite().annotation(CrossplaneCore.DELETION_ATTEMPT).isPresent();
    }

    /** Whether the Environment is protected for the sake of a component, or will not be however long one waits. */
    boolean protects(String guarded, Instant now) {
        return observed.get(name(guarded))
                .filter(usage -> !usage.deleting())
                .filter(usage -> Readiness.READY.of(usage) || isOld(usage, now))
                .isPresent();
    }

    private static boolean isOld(ObservedResource usage, Instant now) {
        return usage.created()
                .filter(created -> created.plus(CrossplaneCore.USAGE_GRACE).isBefore(now))
                .isPresent();
    }

    private Usage.Party party() {
        return Usage.Party.of(observed.composite());
    }
}
