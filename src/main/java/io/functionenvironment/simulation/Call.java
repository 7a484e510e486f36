package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Crossplane shows a function.
 *
 * @param observed what exists of the composite, by composition-resource-name
 * @param input the step's own input
 * @param required what was found of the things that were required; a name without items was looked for in vain
 */
public record Call(
        Tree.Obj composite,
        Map<String, Seen> observed,
        Optional<Tree.Obj> input,
        Map<String, List<Tree.Obj>> required) {

    /**
     * A composed resource.
     *
     * @param connection its connection details
     */
    public record Seen(Tree.Obj body, Map<String, String> connection) {}
}
