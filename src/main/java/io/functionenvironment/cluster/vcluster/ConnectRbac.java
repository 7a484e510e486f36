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
import java.util.Optional;

/**
 * The Roles and RoleBindings by which subjects reach a virtual cluster through its host namespace: administrators with the rights that
 * the CLI of vcluster needs, and others, who have credentials of their own, with a tunnel alone.
 */
final class ConnectRbac {
    static final String ROLE = "environment-access";
    private static final String TUNNEL = "environment-tunnel";
    private static final String RBAC = "rbac.authorization.k8s.io";

    private ConnectRbac() {}

    /**
     * The manifests, by the name of their component; none of a role that nobody has.
     *
     * @param subjects those that get a right
     */
    static Map<String, Json.Obj> manifests(VclusterPlacement placement, List<Subject> subjects) {
        var release = placement.release();
        var namespace = placement.namespace();
        var manifests = new LinkedHashMap<String, Json.Obj>();
        var administrators = subjects.stream().filter(Subject::administrator).toList();
        if (!administrators.isEmpty()) {
            manifests.put(Part.CONNECT_ROLE, role(ROLE, namespace, connect(release)));
            manifests.put(Part.CONNECT_ROLE_BINDING, binding(ROLE, namespace, administrators));
        }
        var others =
                subjects.stream().filter(subject -> !subject.administrator()).toList();
        if (!others.isEmpty()) {
            manifests.put(Part.TUNNEL_ROLE, role(TUNNEL, namespace, tunnel(placement.pod())));
            manifests.put(Part.TUNNEL_ROLE_BINDING, binding(TUNNEL, namespace, others));
        }
        return manifests;
    }

    private static Json.Arr connect(String release) {
        return arr(
                rule("apps", List.of("statefulsets", "deployments"), List.of("get", "list")),
                rule("", List.of("pods", "services"), List.of("get", "list")),
                rule("", List.of("pods/portforward"), List.of("create")),
                named("secrets", "vc-" + release, List.of("get")));
    }

    /** To the pod of the control plane; to all pods where its name is not known before. */
    private static Json.Arr tunnel(Optional<String> pod) {
        return pod.map(name ->
                        arr(named("pods", name, List.of("get")), named("pods/portforward", name, List.of("create"))))
                .orElseGet(() -> arr(
                        rule("", List.of("pods", "services"), List.of("get", "list")),
                        rule("", List.of("pods/portforward"), List.of("create"))));
    }

    private static Json.Obj role(String name, String namespace, Json.Arr rules) {
        return obj(
                field("apiVersion", RBAC + "/v1"),
                field("kind", "Role"),
                field("metadata", metadata(name, namespace)),
                field("rules", rules));
    }

    private static Json.Obj binding(String name, String namespace, List<Subject> subjects) {
        return obj(
                field("apiVersion", RBAC + "/v1"),
                field("kind", "RoleBinding"),
                field("metadata", metadata(name, namespace)),
                field("roleRef", obj(field("apiGroup", RBAC), field("kind", "Role"), field("name", name))),
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

    private static Json.Obj metadata(String name, String namespace) {
        return obj(field("name", name), field("namespace", namespace));
    }

    private static Json.Obj named(String resource, String name, List<String> verbs) {
        return obj(
                field("apiGroups", texts("")),
                field("resources", texts(resource)),
                field("resourceNames", texts(name)),
                texts("verbs", verbs));
    }

    private static Json.Obj rule(String group, List<String> resources, List<String> verbs) {
        return obj(field("apiGroups", texts(group)), texts("resources", resources), texts("verbs", verbs));
    }
}
