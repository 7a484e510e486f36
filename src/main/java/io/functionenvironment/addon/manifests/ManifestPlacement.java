package io.functionenvironment.addon.manifests;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.json.FieldErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where manifests are in the cluster, and which ones it admits. provider-kubernetes applies them with the credentials of the
 * platform. So in a cluster that others use and that does not trust the team, they are only of kinds that are known to be in a
 * namespace, and this is always that of the Environment.
 *
 * @param errors receives what is not admitted
 */
record ManifestPlacement(ClusterTarget target, Observed observed, FieldErrors errors) {
    /**
     * The kinds of Kubernetes that are in a namespace and cannot remove what isolates it. NetworkPolicy, ResourceQuota and
     * LimitRange would weaken the isolation itself. Role and RoleBinding are applied with rights that the team does not have: a
     * RoleBinding to cluster-admin would let a pod change the isolation. Endpoints send what others trust to any address. A
     * PodDisruptionBudget can keep nodes from being drained, also one that allows disruptions, as long as its pods are not ready. Of a
     * custom kind it is not known whether it is in a namespace.
     */
    private static final Set<String> ADMITTED = Set.of(
            "ConfigMap",
            "ServiceAccount",
            "Service",
            "Pod",
            "PersistentVolumeClaim",
            "ReplicationController",
            "Deployment.apps",
            "StatefulSet.apps",
            "DaemonSet.apps",
            "ReplicaSet.apps",
            "Job.batch",
            "CronJob.batch",
            "Ingress.networking.k8s.io",
            "HorizontalPodAutoscaler.autoscaling");

    private static final String OTHERWISE = "; remove it, or request a size with a cluster of its own";

    /**
     * The manifests with their namespaces.
     *
     * @param valid the names of those that are admitted
     */
    record Placed(Map<String, Manifest> manifests, Set<String> valid) {}

    Placed place(Map<String, Manifest> read, Set<String> readable) {
        var manifests = new LinkedHashMap<>(read);
        var valid = new HashSet<>(readable);
        target.sharing().namespace().ifPresent(namespace -> {
            for (var manifest : read.values()) {
                if (valid.contains(manifest.name()) && manifest.namespace().isPresent()) {
                    manifests.put(manifest.name(), placed(manifest, namespace));
                }
                if (valid.contains(manifest.name()) && !target.sharing().trusted() && !admitted(manifest, namespace)) {
                    valid.remove(manifest.name());
                    manifests.put(manifest.name(), manifest);
                }
            }
            refuseSameObjects(manifests, valid, namespace);
        });
        return new Placed(manifests, valid);
    }

    /** Whether a team is trusted may change. What exists stays where it is. */
    private Manifest placed(Manifest manifest, String namespace) {
        var here = manifest.in(namespace);
        var moves = target.sharing().trusted()
                ? observed.has(here.component()) && !observed.has(manifest.component())
                : !elsewhere(manifest, here);
        return moves ? here : manifest;
    }

    private boolean elsewhere(Manifest manifest, Manifest here) {
        return !here.component().equals(manifest.component()) && observed.has(manifest.component());
    }

    private boolean admitted(Manifest manifest, String namespace) {
        var before = errors.size();
        if (!ADMITTED.contains(manifest.kindAndGroup())) {
            errors.add(
                    manifest.path() + ".manifest.kind",
                    "is " + manifest.kindAndGroup() + ", which teams may not create in a cluster that others use, too; "
                            + (manifest.isNamespace()
                                    ? "remove it: everything is in the namespace " + namespace
                                    : "use one of "
                                            + String.join(
                                                    ", ",
                                                    ADMITTED.stream().sorted().toList())
                                            + OTHERWISE.replaceFirst("; remove it,", ",")));
        } else if (elsewhere(manifest, manifest.in(namespace))) {
            errors.add(
                    manifest.path() + ".manifest.metadata.namespace",
                    "is " + manifest.namespace().orElse("")
                            + ", where the object exists already, but only the namespace " + namespace
                            + " is this Environment's; the object stays as it is until you remove it");
        }
        if (manifest.kindAndGroup().equals("Service")
                && manifest.object().at("spec", "externalIPs").isPresent()) {
            errors.add(
                    manifest.path() + ".manifest.spec.externalIPs",
                    "would receive what others in the cluster send to these addresses" + OTHERWISE);
        }
        VolumeClaims.choices(manifest)
                .forEach(field -> errors.add(
                        manifest.path() + ".manifest" + field,
                        "chooses a volume, which could be one that others use or have released" + OTHERWISE));
        Finalizers.in(manifest)
                .forEach(field -> errors.add(
                        manifest.path() + ".manifest" + field,
                        "keeps objects, and the namespace with them, from being deleted" + OTHERWISE));
        return errors.size() == before;
    }

    private void refuseSameObjects(Map<String, Manifest> manifests, Set<String> valid, String namespace) {
        var first = new HashMap<String, Manifest>();
        for (var manifest : manifests.values()) {
            var other = valid.contains(manifest.name())
                    ? Optional.ofNullable(first.putIfAbsent(manifest.component(), manifest))
                    : Optional.<Manifest>empty();
            other.ifPresent(some -> {
                errors.add(
                        manifest.path() + ".manifest",
                        "is the same object as in " + some.path() + ", because both are in the namespace " + namespace
                                + "; rename one of them");
                valid.remove(manifest.name());
                valid.remove(some.name());
            });
        }
    }
}
