package io.functionenvironment.addon;

import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
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

    /** What an Environment requests of it. What cannot be read as requested is an error of the plan. */
    AddonRequest read(Inputs inputs);
}
