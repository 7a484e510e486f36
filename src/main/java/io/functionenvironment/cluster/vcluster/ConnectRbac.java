package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

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
                field("apiVersion", RBAC + "/v1"),
                field("kind", "Role"),
                field("metadata", metadata(namespace)),
                field(
                        "rules",
                        arr(
                                rule("apps", List.of("statefulsets", "deployments"), List.of("get", "list")),
                                rule("", List.of("pods", "services"), List.of("get", "list")),
                                rule("", List.of("pods/portforward"), List.of("create")),
                                obj(
                                        field("apiGroups", texts("")),
                                        field("resources", texts("secrets")),
                                        field("resourceNames", texts("vc-" + release)),
                                        field("verbs", texts("get"))))));
    }

    private static Json.Obj binding(String namespace, List<Subject> subjects) {
        return obj(
                field("apiVersion", RBAC + "/v1"),
                field("kind", "RoleBinding"),
                field("metadata", metadata(namespace)),
                field("roleRef", obj(field("apiGroup", RBAC), field("kind", "Role"), field("name", ROLE))),
                field(
                        "subjects",
                        subjects.stream()
                                .map(subject -> subject.namespace().isPresent()
                                        ? obj(
                                                field("kind", subject.kind()),
                                                field("name", subject.name()),
                                                text("namespace", subject.namespace()))
                                        : obj(
                                                field("apiGroup", RBAC),
                                                field("kind", subject.kind()),
                                                field("name", subject.name())))
                                .toList()));
    }

    private static Json.Obj metadata(String namespace) {
        return obj(field("name", ROLE), field("namespace", namespace));
    }

    private static Json.Obj rule(String group, List<String> resources, List<String> verbs) {
        return obj(field("apiGroups", texts(group)), texts("resources", resources), texts("verbs", verbs));
    }
}
