package io.functionenvironment.addon;

import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
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

    /**
     * Reports what is wrong with its fields whatever the Settings and the cluster are, as for a file.
     *
     * @param spec of the Environment
     */
    default void check(Json.Obj spec, FieldErrors errors) {}

    /**
     * What one of its components needs of the cluster beyond what the size gives to apps, as long as it is not gone: whether it is
     * requested or not.
     *
     * @param seen its resource; empty if only its name is known, and then the most that it may need
     */
    default Demands demands(String component, Optional<ObservedResource> seen) {
        return Demands.NONE;
    }

    /** What an Environment requests of it. What cannot be read as requested is an error of the plan. */
    AddonRequest read(Inputs inputs);
}
