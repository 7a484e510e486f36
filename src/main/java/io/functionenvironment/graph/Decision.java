package io.functionenvironment.graph;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * What happens to a component in this call.
 *
 * @param desired the body for Crossplane to apply; empty if the resource must not exist, yet or any more
 */
public record Decision(Component component, Optional<Json.Obj> desired, ComponentState state) {
    /** Whether nothing has to wait for it. */
    public boolean ready() {
        return state instanceof ComponentState.Ready || state instanceof ComponentState.Terminating;
    }

    public String name() {
        return component.name();
    }
}
