package io.functionenvironment.gate;

import io.functionenvironment.plan.Component;
import io.functionenvironment.tree.Tree;
import java.util.Optional;

/**
 * What becomes of a component now.
 *
 * @param desired what Crossplane is to apply; empty if it is not to exist, yet or any more
 */
public record Decision(Component component, Optional<Tree.Obj> desired, State state) {
    /** Whether nobody has to wait for it. */
    public boolean ready() {
        return state instanceof State.Ready || state instanceof State.Leaving;
    }

    public String name() {
        return component.name();
    }
}
