package io.functionenvironment.cluster;

import static io.functionenvironment.tree.Tree.arr;
import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.settings.Subject;
import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Set;

/** Who may connect to a virtual cluster, and with what rights in its host namespace: those its own CLI needs, no more. */
final class Access {
    static final String ROLE = "environment-access";
    static final String ROLE_PART = "access-role";
    static final String BINDING_PART = "access-binding";
    static final Set<String> PARTS = Set.of(ROLE_PART, BINDING_PART);
    private static final String RBAC = "rbac.authorization.k8s.io";

    record Part(String component, Tree.Obj manifest) {}

    private Access() {}

    static List<Part> parts(String release, String namespace, List<Subject> subjects) {
        return List.of(
                new Part(ROLE_PART, role(release, namespace)), new Part(BINDING_PART, binding(namespace, subjects)));
    }

    private static Tree.Obj role(String release, String namespace) {
        return obj(
                "apiVersion",
                RBAC + "/v1",
                "kind",
                "Role",
                "metadata",
                metadata(namespace),
                "rules",
                arr(
                        rule("apps", List.of("statefulsets", "deployments"), List.of("get", "list")),
                        rule("", List.of("pods", "services"), List.of("get", "list")),
                        rule("", List.of("pods/portforward"), List.of("create")),
                        obj(
                                "apiGroups", arr(""),
                                "resources", arr("secrets"),
                                "resourceNames", arr("vc-" + release),
                                "verbs", arr("get"))));
    }

    private static Tree.Obj binding(String namespace, List<Subject> subjects) {
        return obj(
                "apiVersion", RBAC + "/v1",
                "kind", "RoleBinding",
                "metadata", metadata(namespace),
                "roleRef", obj("apiGroup", RBAC, "kind", "Role", "name", ROLE),
                "subjects",
                        subjects.stream()
                                .map(subject -> subject.namespace().isPresent()
                                        ? obj(
                                                "kind", subject.kind(),
                                                "name", subject.name(),
                                                "namespace", subject.namespace())
                                        : obj("apiGroup", RBAC, "kind", subject.kind(), "name", subject.name()))
                                .toList());
    }

    private static Tree.Obj metadata(String namespace) {
        return obj("name", ROLE, "namespace", namespace);
    }

    private static Tree.Obj rule(String group, List<String> resources, List<String> verbs) {
        return obj("apiGroups", arr(group), "resources", resources, "verbs", verbs);
    }
}
