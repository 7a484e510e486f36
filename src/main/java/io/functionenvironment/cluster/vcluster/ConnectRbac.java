package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.settings.Subject;
import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Role and RoleBinding by which subjects connect to a virtual cluster: the rights that its CLI needs, and no more. */
final class ConnectRbac {
    static final String ROLE = "environment-access";
    private static final String RBAC = "rbac.authorization.k8s.io";

    private ConnectRbac() {}

    /**
     * The manifests, by the name of their component.
     *
     * @param release the name of the virtual cluster's Helm release
     * @param namespace the host namespace
     */
    static Map<String, Json.Obj> manifests(String release, String namespace, List<Subject> subjects) {
        var manifests = new LinkedHashMap<String, Json.Obj>();
        manifests.put(Part.CONNECT_ROLE, role(release, namespace));
        manifests.put(Part.CONNECT_ROLE_BINDING, binding(namespace, subjects));
        return manifests;
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
