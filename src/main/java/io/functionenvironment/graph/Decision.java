package io.functionenvironment.graph;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * What becomes of a component now.
 *
 * @param desired what Crossplane is to apply; empty if it is not to exist, yet or any more
 */
public record Decision(Component component, Optional<Json.Obj> desired, ComponentState state) {
    /** Whether nobody has to wait for it. */
    public boolean ready() {
        return state instanceof ComponentState.Ready || state instanceof ComponentState.Terminating;
    }

    public String name() {
        return component.name();
    }
}
