package io.functionenvironment.cluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Host;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Tracking;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose a namespace is that contains an Environment's cluster, or the Environment itself. It carries its owner as annotations, and nothing is changed, installed or deleted in a namespace
 * of another owner. provider-kubernetes applies with force and deletes without a precondition, so its Object gets these rights
 * only step by step: it observes; if there is no such namespace it may create and delete one; once the namespace that it
 * observes names this Environment, it may also change it,
 * if it has to.
 *
 * @param called what people call such a namespace
 * @param uid of the Environment
 */
public record OwnedNamespace(String name, String called, Identity identity, String uid) {
    /** The label by which Kubernetes enforces a pod security standard. */
    public static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    static final String OWNER_NAMESPACE = Tracking.PREFIX + "owner-namespace";
    static final String OWNER_NAME = Tracking.PREFIX + "owner-name";
    static final String OWNER_UID = Tracking.PREFIX + "owner-uid";

    /** What is known of the namespace's owner. */
    public sealed interface Ownership {
        /** Nobody has looked yet. */
        record Unknown() implements Ownership {}

        record Absent() implements Ownership {}

        record Ours() implements Ownership {}

        record Taken(Obstacle obstacle) implements Ownership {}
    }

    /**
     * What is known of the owner.
     *
     * @param object that stands for the namespace, as observed
     * @param installed whether this Environment's release is in the namespace already, which shows whose it is where Helm
     *     creates the namespace without annotations
     */
    public Ownership ownership(Optional<ObservedResource> object, boolean installed) {
        if (object.isEmpty()) {
            return new Ownership.Unknown();
        }
        // The provider leaves the last observed namespace in the Object when it no longer finds one.
        if (ProviderKubernetes.absent(object.get())) {
            return new Ownership.Absent();
        }
        var namespace = ProviderKubernetes.manifest(object.get());
        if (namespace.isEmpty()) {
            return new Ownership.Unknown();
        }
        var ownerNamespace = annotation(namespace, OWNER_NAMESPACE);
        var ownerName = annotation(namespace, OWNER_NAME);
        if (ownerNamespace.equals(identity.namespace()) && ownerName.equals(identity.name())) {
            return annotation(namespace, OWNER_UID).equals(uid) ? new Ownership.Ours() : predecessor(namespace);
        }
        if (ownerName.isEmpty() && installed) {
            return new Ownership.Ours();
        }
        var owner = ownerName.isEmpty()
                ? "exists and has no owner annotations"
                : "belongs to the Environment " + ownerName + " of namespace " + ownerNamespace;
        return new Ownership.Taken(new Obstacle.Conflict(new FieldError(
                "metadata.name",
                "needs the " + called + " " + name + ", which " + owner
                        + "; choose another name, or ask an operator of that cluster to hand the namespace over,"
                        + " with everything in it: " + handOver())));
    }

    private Ownership predecessor(Json.Obj namespace) {
        return new Ownership.Taken(
                namespace.at("metadata", "deletionTimestamp").isPresent()
                        ? new Obstacle.Predecessor("Namespace", Optional.of(name))
                        : new Obstacle.Conflict(new FieldError(
                                "metadata.name",
                                "needs the " + called + " " + name
                                        + ", which belongs to an earlier Environment of this name, with the uid "
                                        + annotation(namespace, OWNER_UID)
                                        + "; ask an operator of that cluster to delete the namespace, or to hand it"
                                        + " over, with everything in it: " + handOver())));
    }

    /** The command by which an operator of the host cluster makes this Environment the owner. */
    private String handOver() {
        return "kubectl annotate namespace %s --overwrite %s=%s %s=%s %s=%s"
                .formatted(name, OWNER_NAMESPACE, identity.namespace(), OWNER_NAME, identity.name(), OWNER_UID, uid);
    }

    private static String annotation(Json.Obj namespace, String key) {
        return namespace.text("metadata", "annotations", key).orElse("");
    }

    /**
     * What the Object may do, given what is known of the owner.
     *
     * @param object that stands for the namespace, as observed
     * @param manifest of the namespace as it is desired
     */
    public static ManagementPolicies policies(
            Ownership ownership, Optional<ObservedResource> object, Json.Obj manifest) {
        var current = object.map(seen -> ManagementPolicies.of(seen.body()));
        return switch (ownership) {
            case Ownership.Unknown() -> current.orElse(ManagementPolicies.OBSERVE);
            case Ownership.Absent() ->
                current.filter(some -> some == ManagementPolicies.ALL).orElse(ManagementPolicies.NO_UPDATE);
            // Most namespaces never change, and a change of policies is two more writes.
            case Ownership.Ours() ->
                current.filter(some -> some == ManagementPolicies.NO_UPDATE && asDesired(object, manifest))
                        .orElse(ManagementPolicies.ALL);
            case Ownership.Taken ignored -> ManagementPolicies.OBSERVE;
        };
    }

    /** Whether the namespace has never been desired otherwise, and has all that is desired. */
    private static boolean asDesired(Optional<ObservedResource> object, Json.Obj manifest) {
        return object.filter(seen ->
                        seen.body().object("spec", "forProvider", "manifest").equals(manifest))
                .map(ProviderKubernetes::manifest)
                .filter(found -> Merge.over(found, manifest).equals(found))
                .isPresent();
    }

    /** What the Object may do where Helm creates the namespace: it only adds owner and labels. */
    public static ManagementPolicies recordingPolicies(Ownership ownership, Optional<ManagementPolicies> current) {
        return switch (ownership) {
            case Ownership.Unknown() ->
                current.filter(some -> some == ManagementPolicies.OBSERVE_UPDATE)
                        .orElse(ManagementPolicies.OBSERVE);
            case Ownership.Absent() -> ManagementPolicies.OBSERVE;
            case Ownership.Ours() -> ManagementPolicies.OBSERVE_UPDATE;
            case Ownership.Taken ignored -> ManagementPolicies.OBSERVE;
        };
    }

    /**
     * The namespace with its owner.
     *
     * @param labels empty where Helm is still to create the namespace
     * @param annotations likewise
     */
    public Json.Obj manifest(Map<String, String> labels, Map<String, String> annotations) {
        var owner = obj(
                field(OWNER_NAMESPACE, identity.namespace()),
                field(OWNER_NAME, identity.name()),
                field(OWNER_UID, uid));
        return obj(
                field("apiVersion", "v1"),
                field("kind", "Namespace"),
                field(
                        "metadata",
                        obj(
                                field("name", name),
                                field("labels", Optional.of(Json.texts(labels)).filter(some -> !some.isEmpty())),
                                field("annotations", Merge.over(Json.texts(new TreeMap<>(annotations)), owner)))));
    }

    /**
     * The labels of the namespace. A team cannot change one that the platform sets.
     *
     * @param environment the labels of the Environment
     * @param podSecurity the standard that is enforced
     */
    public Map<String, String> labels(Host host, Json.Obj environment, String podSecurity) {
        var labels = new TreeMap<String, String>();
        host.environmentLabels().forEach(key -> environment.text(key).ifPresent(value -> labels.put(key, value)));
        labels.putAll(host.labels());
        labels.put(POD_SECURITY, podSecurity);
        labels.put(Tracking.ENVIRONMENT, identity.hash());
        return labels;
    }
}
