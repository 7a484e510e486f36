package io.functionenvironment.removal;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.EnvironmentDeletionGuard;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Resource;
import java.util.Optional;

/** A Release that was dropped to be uninstalled, and may never be: why it is let go as it is, and how. */
public record Orphaning(Observed observed, ClusterReachability reach) {
    public static final String ENDING = "is let go without being uninstalled, since the Environment is being deleted";
    public static final String LOST = "is let go without being uninstalled, since its cluster does not answer";
    private static final String STUCK =
            "is let go without being uninstalled, since that fails and keeps the Environment";

    /**
     * What lets a component go: itself again, without the right to delete. With no right to create either, since it may be
     * gone by now, and Crossplane would make it anew. Empty if it is not let go, or never was dropped.
     */
    public Optional<Decision> letGo(Component component) {
        return Optional.ofNullable(new UntrackedResources(observed).dropped().get(component.name()))
                .flatMap(found -> reason(component, found)
                        .map(why -> new Decision(
                                component,
                                Resource.read(found)
                                        .map(resource -> Merge.over(
                                                resource.with(ManagementPolicies.OBSERVE)
                                                        .body(),
                                                obj(field("metadata", obj(field("name", found.name())))))),
                                new ComponentState.Terminating(why, false))));
    }

    /**
     * What cannot be uninstalled would keep the Environment for ever where an attempt to delete that has been noted before,
     * since no other will be.
     */
    private Optional<String> reason(Component component, ObservedResource found) {
        var farewell = new EnvironmentDeletionGuard(observed);
        if (farewell.deletionWaits()) {
            return Optional.of(ENDING);
        }
        if (reach.lost(component, found)) {
            return Optional.of(LOST);
        }
        return farewell.attempted() && reach.stuck(found) ? Optional.of(STUCK) : Optional.empty();
    }
}
