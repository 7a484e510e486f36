package io.functionenvironment.status;

import io.functionenvironment.api.environment.EnvironmentStatus.Removing;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.resource.ManagementPolicies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The components that are no longer requested and not gone yet. Crossplane stops tracking them once they are withdrawn, so the
 * Environment's own status has to remember them.
 */
record PendingRemovals(Map<String, Removing> byComponent) {

    static PendingRemovals of(Progress progress, Inputs inputs) {
        var pending = new TreeMap<String, Removing>();
        var observed = inputs.observed();
        var untracked =
                new UntrackedResources(observed, inputs.environment().identity().hash());
        for (var remembered : inputs.memory().removing()) {
            var gvk = new Gvk(remembered.apiVersion(), remembered.kind());
            untracked
                    .beingRemoved(remembered.component())
                    .map(found -> ProviderError.of(found).orElse(uninstalling()))
                    .or(() -> observed.lookedUp(gvk) ? Optional.empty() : Optional.of(uninstalling()))
                    .ifPresent(message -> pending.put(remembered.component(), with(remembered, message)));
        }
        progress.all()
                .filter(decision -> !decision.component().requested())
                .filter(PendingRemovals::hasSomethingToRemove)
                .forEach(decision -> add(decision, progress, pending));
        return new PendingRemovals(pending);
    }

    /** Usages, provider configurations and what is only observed have nothing behind them. */
    private static boolean hasSomethingToRemove(Decision decision) {
        var resource = decision.component().resource();
        return resource.external()
                && (resource.policies() != ManagementPolicies.OBSERVE
                        || decision.component().location() instanceof Location.Guest);
    }

    private static void add(Decision decision, Progress progress, Map<String, Removing> pending) {
        var component = decision.component();
        var names = progress.namesFor(component.owner());
        switch (decision.state()) {
            case ComponentState.Terminating(var removal) ->
                pending.put(component.name(), removing(decision, Sentences.of(removal, names)));
            case ComponentState.Removed(var removal) -> {
                // Withdrawn with the right to delete, its provider deletes it from now on.
                if (removal.reason() == RemovalReason.UNINSTALLING) {
                    pending.put(component.name(), removing(decision, Sentences.of(removal, names)));
                }
            }
            default -> {}
        }
    }

    private static Removing removing(Decision decision, String message) {
        var gvk = decision.component().resource().gvk();
        return new Removing(name(decision), decision.name(), gvk.apiVersion(), gvk.kind(), message);
    }

    /** Of the cluster, which stays, only a part is removed. */
    private static String name(Decision decision) {
        var owner = decision.component().owner();
        return owner instanceof Owner.Cluster ? decision.name() : owner.displayName();
    }

    private static Removing with(Removing removing, String message) {
        return new Removing(removing.name(), removing.component(), removing.apiVersion(), removing.kind(), message);
    }

    private static String uninstalling() {
        return Sentences.of(ComponentState.Removal.of(RemovalReason.UNINSTALLING), name -> name);
    }

    List<Removing> all() {
        return List.copyOf(byComponent.values());
    }

    /** The parts of the Environment that they belong to. */
    List<String> names() {
        return byComponent.values().stream()
                .map(Removing::name)
                .distinct()
                .sorted()
                .toList();
    }
}
