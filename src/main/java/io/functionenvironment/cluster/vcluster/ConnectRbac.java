package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.Subject;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Set;

/** Who may connect to a virtual cluster, and with what rights in its host namespace: those its own CLI needs, no more. */
public final class ConnectRbac {
    public static final String ROLE = "environment-access";
    public static final String ROLE_PART = "access-role";
    public static final String BINDING_PART = "access-binding";
    public static final Set<String> PARTS = Set.of(ROLE_PART, BINDING_PART);
    private static final String RBAC = "rbac.authorization.k8s.io";

    public record Part(String component, Json.Obj manifest) {}

    private ConnectRbac() {}

    public static List<Part> parts(String release, String namespace, List<Subject> subjects) {
        return List.of(
                new Part(ROLE_PART, role(release, namespace)), new Part(BINDING_PART, binding(namespace, subjects)));
    }

    private static Json.Obj role(String release, String namespace) {
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

    private static Json.Obj binding(String namespace, List<Subject> subjects) {
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

    private static Json.Obj metadata(String namespace) {
        return obj("name", ROLE, "namespace", namespace);
    }

    private static Json.Obj rule(String group, List<String> resources, List<String> verbs) {
        return obj("apiGroups", arr(group), "resources", resources, "verbs", verbs);
    }
}
