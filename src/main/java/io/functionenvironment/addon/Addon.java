package io.functionenvironment.addon;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that an Environment may have inside its cluster. Each has a package of its own and is registered once, in
 * {@code Registry}.
 */
public interface Addon {
    /** The type of its condition. */
    String conditionType();

    /** Its fields below {@code spec} of the Environment. */
    Set<String> fields();

    /** Whether a component of an owner belongs to it. */
    boolean owns(Owner owner);

    /** What it needs of the cluster beyond what the size gives to apps; {@link Demands#NONE} while it is not requested. */
    default Demands demands(Inputs inputs) {
        return Demands.NONE;
    }

    /**
     * Plans it. What is no longer requested is left out: it is removed along its dependencies. So what is requested and cannot
     * be planned, for instance because there is no target, has to be kept if it exists: {@code ObservedComponents.kept}.
     *
     * @param target the way into the cluster; empty if there is no cluster and none can be planned
     * @param others the names that {@code dependsOn} may use for add-ons planned before this one, and the component that each
     *     stands for
     */
    AddonPlan plan(Inputs inputs, Optional<ClusterTarget> target, Map<String, String> others);
}
