package io.functionenvironment.addon.manifests;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.PodSecurityLabels;
import io.functionenvironment.api.settings.ManifestRules;
import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code spec.manifests} and reports its errors. The XRD has the same rules. */
final class ManifestReader {
    private static final int MOST_DEPENDENCIES = 16;
    /** Shorter than that of an app: the label with the owner of a Usage has at most 63 characters. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,30}[a-z0-9])?");

    private static final String NAME_ALLOWED =
            "1 to 32 lower case letters, digits and '-', beginning with a letter and not ending with '-'";
    private static final Pattern API_VERSION =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[a-z0-9]{1,62}");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
    /** Some kinds, such as ClusterRole, allow more in their names than most. */
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-zA-Z0-9:]([-a-zA-Z0-9.:_]{0,251}[a-zA-Z0-9])?");

    private static final String OBJECT_NAME_ALLOWED =
            "the name of an object: at most 253 letters, digits, '-', '.', ':' and '_'";
    private static final Pattern CONDITION = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]{0,99}");
    /** A field alone is of no known type, so provider-kubernetes does not evaluate it, and reports nothing. */
    private static final Pattern FIELD = Pattern.compile(" *object(\\.[A-Za-z_][A-Za-z0-9_]*+|\\[[^\\]]*+\\])*+ *");

    private static final Pattern QUERY = Pattern.compile("(?s).{1,1024}");
    private static final Set<String> FIELDS = Set.of("name", "manifest", "dependsOn", "readyCondition", "readyWhen");
    private static final Set<String> METADATA = Set.of("name", "namespace", "labels", "annotations");
    private static final Set<String> NAMESPACED = Set.of(
            "ConfigMap",
            "ServiceAccount",
            "Service",
            "Pod",
            "PersistentVolumeClaim",
            "ResourceQuota",
            "LimitRange",
            "Endpoints",
            "ReplicationController",
            "Role.rbac.authorization.k8s.io",
            "RoleBinding.rbac.authorization.k8s.io",
            "Deployment.apps",
            "StatefulSet.apps",
            "DaemonSet.apps",
            "ReplicaSet.apps",
            "Job.batch",
            "CronJob.batch",
            "Ingress.networking.k8s.io",
            "NetworkPolicy.networking.k8s.io",
            "PodDisruptionBudget.policy",
            "HorizontalPodAutoscaler.autoscaling");
    private static final Set<String> NOT_NAMESPACED = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "ClusterRole.rbac.authorization.k8s.io",
            "ClusterRoleBinding.rbac.authorization.k8s.io",
            "StorageClass.storage.k8s.io",
            "PriorityClass.scheduling.k8s.io",
            "CustomResourceDefinition.apiextensions.k8s.io",
            "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
            "MutatingWebhookConfiguration.admissionregistration.k8s.io",
            "APIService.apiregistration.k8s.io");
    private static final Set<String> PERMANENT = Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final ManifestRules rules;

    ManifestReader(ManifestRules rules) {
        this.rules = rules;
    }

    /** The manifest of an item, as far as it can be read. */
    Manifest manifest(FieldReader at) {
        at.required("an object with name and manifest").only(FIELDS);
        if (!(at.value() instanceof Json.Obj)) {
            return new Manifest(at.path(), "", Json.Obj.EMPTY, List.of(), Optional.empty());
        }
        var name = at.field("name").required(NAME_ALLOWED).text(NAME, NAME_ALLOWED);
        name.filter(AppReader.RESERVED::contains)
                .ifPresent(reserved -> at.field("name")
                        .error("is \"" + reserved + "\", which is reserved for an add-on; choose another name"));
        var object = at.field("manifest").required("an object with apiVersion, kind and metadata.name");
        var manifest = new Manifest(
                at.path(),
                name.orElse(""),
                object.object().orElse(Json.Obj.EMPTY),
                dependsOn(at, name.orElse("")),
                readyQuery(at));
        if (object.value() instanceof Json.Obj) {
            check(object, manifest);
        }
        return manifest;
    }

    private void check(FieldReader object, Manifest manifest) {
        var before = object.errorCount();
        object.field("apiVersion")
                .required("a group and version, like v1 or apps/v1")
                .text(API_VERSION, "a group and version, like v1 or apps/v1");
        object.field("kind").required("a kind, like ConfigMap").text(KIND, "a kind, like ConfigMap");
        if (object.errorCount() > before) {
            return;
        }
        var kind = manifest.kindAndGroup();
        if (kind.equals("Secret")) {
            object.field("kind")
                    .error(
                            "is Secret, whose content everybody could read who may read Environments; let a chart create it"
                                    + " with valuesFrom of an app, or let an operator fetch it");
        } else if (!rules.allow(manifest.kind(), manifest.group())) {
            object.field("kind").error("is " + kind + ", which this platform does not allow; " + rules.allowed());
        } else if (kind.endsWith("List") && object.has("items")) {
            object.field("kind").error("is " + kind + ", a list; write each of its objects into an item of its own");
        }
        object.field("metadata").required("an object with name");
        metadata(object.field("metadata"), kind);
        if (object.has("status")) {
            object.field("status").error("is written by controllers; remove it");
        }
        ExactNumbers.check(object, "the cluster", "the object has a string there");
    }

    private void metadata(FieldReader at, String kind) {
        at.only(METADATA);
        if (!(at.value() instanceof Json.Obj)) {
            return;
        }
        at.field("labels").entries().values().forEach(FieldReader::text);
        at.field("annotations").entries().values().forEach(FieldReader::text);
        at.field("name").required(OBJECT_NAME_ALLOWED).text(OBJECT_NAME, OBJECT_NAME_ALLOWED);
        var namespace = at.field("namespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
        if (NAMESPACED.contains(kind) && !at.field("namespace").present()) {
            at.field("namespace").error("is missing; must be the namespace of the " + kind + ", like default");
        }
        if (NOT_NAMESPACED.contains(kind) && namespace.isPresent()) {
            at.field("namespace").error("is " + namespace.get() + ", but a " + kind + " has no namespace; remove it");
        }
        if (kind.equals("Namespace")) {
            PodSecurityLabels.refuse(at.field("labels"));
            at.field("name")
                    .text()
                    .filter(PERMANENT::contains)
                    .ifPresent(name -> at.field("name")
                            .error("is " + name
                                    + ", which every cluster has and nobody can delete; choose another namespace"));
        }
    }

    private static List<String> dependsOn(FieldReader at, String name) {
        var dependsOn = new ArrayList<String>();
        for (var item : at.field("dependsOn").items(MOST_DEPENDENCIES)) {
            item.required("the name of an app, manifest or add-on")
                    .text(AppReader.NAME, AppReader.NAME_ALLOWED)
                    .ifPresent(other -> {
                        if (other.equals(name)) {
                            at.field("dependsOn").error("contains the manifest itself; remove " + Redaction.of(name));
                        } else if (dependsOn.contains(other)) {
                            item.error("repeats \"" + other + "\"; remove the duplicate");
                        } else {
                            dependsOn.add(other);
                        }
                    });
        }
        return List.copyOf(dependsOn);
    }

    private static Optional<String> readyQuery(FieldReader at) {
        var condition = at.field("readyCondition").text(CONDITION, "the type of a condition, like Ready");
        var query = at.field("readyWhen").text(QUERY, "a CEL expression of at most 1024 characters");
        if (at.field("readyCondition").present() && at.field("readyWhen").present()) {
            at.field("readyWhen").error("is set together with readyCondition; remove one of the two");
        }
        query.flatMap(text -> FIELD.matcher(text).matches()
                        ? Optional.of("is a field, which provider-kubernetes never takes for true; compare it, like "
                                + text.strip() + " == true")
                        : ReadyQuery.problem(text))
                .ifPresent(at.field("readyWhen")::error);
        return condition
                .map(type -> "has(object.status) && has(object.status.conditions) && object.status.conditions.exists("
                        + "c, c.type == '" + type + "' && c.status == 'True')")
                .or(() -> query);
    }
}
