package io.functionenvironment.addon.access;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.settings.AccessRole;
import io.functionenvironment.api.settings.Subject;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.graph.Component;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * A role in the cluster: its ServiceAccount, and what binds the ClusterRole to it and to the people who have it. In a cluster that
 * others use, too, it holds in the Environment's namespace alone.
 *
 * @param subjects the users and groups that have the role in this Environment
 */
record RoleObjects(AccessRole role, List<Subject> subjects, ClusterTarget target) {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final int DIGITS = 8;

    List<Component> components() {
        var namespace = new AccountNamespace(target);
        return List.of(
                namespace.object("access-account-" + role.name(), account(), namespace.first()),
                namespace.object("access-binding-" + role.name() + "-" + digest(), binding(), namespace.first()));
    }

    private Json.Obj account() {
        return obj(
                field("apiVersion", "v1"),
                field("kind", "ServiceAccount"),
                field("metadata", obj(field("name", name()), field("namespace", namespace()))));
    }

    private Json.Obj binding() {
        var shared = target.sharing().namespace();
        return obj(
                field("apiVersion", RBAC + "/v1"),
                field("kind", shared.isPresent() ? "RoleBinding" : "ClusterRoleBinding"),
                field("metadata", obj(field("name", name() + "-" + digest()), text("namespace", shared))),
                field(
                        "roleRef",
                        obj(field("apiGroup", RBAC), field("kind", "ClusterRole"), field("name", role.clusterRole()))),
                field(
                        "subjects",
                        Stream.concat(
                                        Stream.of(obj(
                                                field("kind", "ServiceAccount"),
                                                field("name", name()),
                                                field("namespace", namespace()))),
                                        subjects.stream()
                                                .map(subject -> obj(
                                                        field("apiGroup", RBAC),
                                                        field("kind", subject.kind()),
                                                        field("name", subject.name()))))
                                .toList()));
    }

    /** An API server refuses another role in a binding, so a binding for another role is another object. */
    private String digest() {
        return Digest.of(new Json.Text(role.clusterRole())).substring(0, DIGITS);
    }

    private String name() {
        return "environment-" + role.name();
    }

    private String namespace() {
        return new AccountNamespace(target).name();
    }

    /** What the status says of it. */
    Json.Obj describe() {
        return obj(
                field("name", role.name()),
                field("clusterRole", role.clusterRole()),
                field(
                        "createToken",
                        "kubectl create token " + name() + " -n " + namespace() + " --duration "
                                + role.tokenDuration()));
    }
}
