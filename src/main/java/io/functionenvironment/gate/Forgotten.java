package io.functionenvironment.gate;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.observed.Observed;
import io.functionenvironment.observed.ObservedResource;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Farewell;
import io.functionenvironment.plan.Leftovers;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.tree.Merge;
import io.functionenvironment.tree.Tree;
import java.util.Optional;

/** A Release that was dropped to be uninstalled, and may never be: why it is let go as it is, and how. */
record Forgotten(Observed observed, Reach reach) {
    static final String ENDING = "is let go without being uninstalled, since the Environment is being deleted";
    static final String LOST = "is let go without being uninstalled, since its cluster does not answer";
    private static final String STUCK =
            "is let go without being uninstalled, since that fails and keeps the Environment";

    /**
     * Why a component is let go; empty if it is not, or never was dropped.
     *
     * <p>What cannot be uninstalled would keep the Environment for ever where an attempt to delete that has been noted before,
     * since no other will be.
     */
    Optional<String> reason(Component component) {
        var farewell = new Farewell(observed);
        return found(component).flatMap(found -> {
            if (farewell.deletionWaits()) {
                return Optional.of(ENDING);
            }
            if (reach.lost(component, found)) {
                return Optional.of(LOST);
            }
            return farewell.attempted() && reach.stuck(found) ? Optional.of(STUCK) : Optional.empty();
        });
    }

    /**
     * What lets it go: itself again, without the right to delete. With no right to create either, since it may be gone by
     * now, and Crossplane would make it anew.
     */
    Optional<Tree.Obj> release(Component component) {
        return found(component)
                .filter(found -> reason(component).isPresent())
                .flatMap(found -> Resource.read(found)
                        .map(resource -> Merge.over(
                                resource.with(Policy.OBSERVE).body(), obj("metadata", obj("name", found.name())))));
    }

    private Optional<ObservedResource> found(Component component) {
        return Optional.ofNullable(new Leftovers(observed).dropped().get(component.name()));
    }
}
