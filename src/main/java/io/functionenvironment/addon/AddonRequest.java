package io.functionenvironment.addon;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.resource.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an Environment requests of an add-on, as read. */
public interface AddonRequest {
    /** Of an add-on that is not requested. */
    AddonRequest NONE = (target, names) -> AddonPlan.NONE;

    /**
     * What it needs of the cluster beyond what the size gives to apps, by the component that needs it. What else exists of the add-on
     * is added by {@link AddonDemands}.
     */
    default Map<String, Demands> demands() {
        return Map.of();
    }

    /**
     * What it has to know of resources that are not composed. The answers are in {@code Observed.required}. Requirements must
     * come to rest: Crossplane calls again until they no longer change, five times at most.
     */
    default List<Requirement> requirements() {
        return List.of();
    }

    /**
     * The same request once the cluster is known. What the cluster rules out is no longer valid, so that nothing is planned to
     * depend on it.
     */
    default AddonRequest in(Optional<ClusterTarget> target) {
        return this;
    }

    /**
     * The objects in the cluster that it manages itself, not those of its charts, each with the path of what requests it. Nothing else
     * may manage them: two would take them from each other, and when one goes, so would the object.
     */
    default Map<ObjectKey, String> objects() {
        return Map.of();
    }

    /**
     * The same request beside all others. What names an object of these is no longer valid.
     *
     * @param objects {@link #objects} of all add-ons
     */
    default AddonRequest beside(Map<ObjectKey, String> objects) {
        return this;
    }

    /** What {@code dependsOn} may name of it, in the order of the request. */
    default List<DependencyName> names() {
        return List.of();
    }

    /**
     * Plans it. What is no longer requested is left out: it is removed along its dependencies. So what is requested and cannot
     * be planned, for instance because there is no target, has to be kept if it exists: {@code ObservedComponents.kept}.
     *
     * @param target the way into the cluster; empty if there is no cluster and none can be planned
     * @param names of all add-ons together
     */
    AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names);
}
