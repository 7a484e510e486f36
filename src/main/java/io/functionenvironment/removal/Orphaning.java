package io.functionenvironment.removal;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.ComponentState.Removal;
import io.functionenvironment.graph.ComponentState.RemovalReason;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Resource;
import java.time.Instant;
import java.util.Optional;

/** Gives up on a resource that was withdrawn to be uninstalled and may never be: it goes, and what it stands for stays. */
public record Orphaning(Observed observed, String environment, Instant now) {

    /**
     * The decision that takes the right to delete from an untracked resource. It takes the right to create as well: the
     * resource may be gone by now, and Crossplane would create it anew. Empty if it is not to be orphaned, or not untracked.
     */
    public Optional<Decision> of(Component component) {
        return Optional.ofNullable(new UntrackedResources(observed, environment)
                        .uninstalling()
                        .get(component.name()))
                .flatMap(found -> reason(component, found).map(reason -> decision(component, found, reason)));
    }

    private Decision decision(Component component, ObservedResource found, RemovalReason reason) {
        var body = Resource.read(found)
                .with(ManagementPolicies.OBSERVE)
                .body(component.tracking(environment), Optional.of(found), now);
        var named = Merge.over(body, obj(field("metadata", obj(field("name", found.name())))));
        return new Decision(component, Optional.of(named), new ComponentState.Terminating(Removal.of(reason)));
    }

    private Optional<RemovalReason> reason(Component component, ObservedResource found) {
        var guard = new EnvironmentDeletionGuard(observed, environment);
        var reachability = new ClusterReachability(observed, now);
        if (guard.deletionRefused()) {
            return Optional.of(RemovalReason.ORPHANED_ON_DELETION);
        }
        if (reachability.lost(component, found)) {
            return Optional.of(RemovalReason.ORPHANED_UNREACHABLE);
        }
        // Crossplane notes no second attempt, so what cannot be deleted would keep the Environment for ever.
        return guard.attempted() && reachability.undeletable(found)
                ? Optional.of(RemovalReason.ORPHANED_FAILING)
                : Optional.empty();
    }
}
