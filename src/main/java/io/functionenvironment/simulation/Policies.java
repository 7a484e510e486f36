package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;

/** What a provider may do, as a managed resource says. */
record Policies(boolean create, boolean update, boolean delete) {

    static Policies of(Tree managed) {
        var said = managed.items("spec", "managementPolicies");
        var all = said.isEmpty() || said.contains(new Tree.Text("*"));
        return new Policies(
                all || said.contains(new Tree.Text("Create")),
                all || said.contains(new Tree.Text("Update")),
                all || said.contains(new Tree.Text("Delete")));
    }
}
