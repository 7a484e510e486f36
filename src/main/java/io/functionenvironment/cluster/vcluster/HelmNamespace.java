package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.cluster.OwnedNamespace;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Tracking;
import java.util.Map;
import java.util.Optional;

/**
 * A host namespace that Helm creates, and that stays when the Environment is deleted. Admission policies and pod security select
 * namespaces by labels. So the Object adds those of a composed namespace, once the namespace belongs to the Environment.
 *
 * @param seen the Object
 */
record HelmNamespace(OwnedNamespace namespace, OwnedNamespace.Ownership ownership, Optional<ObservedResource> seen) {
    /**
     * In the manifest from the beginning. Neither other policies of the Object nor another {@code skipCreateNamespace} of the
     * Release, which people edit, then turn the namespace into a composed one, which is deleted with the Environment.
     */
    private static final String CREATED_BY = Tracking.PREFIX + "created-by";

    private static final String[] STANDARD = {"metadata", "labels", OwnedNamespace.POD_SECURITY};

    private static final Json.Obj MARK =
            obj(field("metadata", obj(field("annotations", obj(field(CREATED_BY, "Helm"))))));

    /** Whether a manifest is of such a namespace. */
    static boolean isMarked(Json.Obj manifest) {
        return manifest.text("metadata", "annotations", CREATED_BY).isPresent();
    }

    /** @param labelled the manifest of a composed one */
    KubernetesObject object(Json.Obj labelled, ProviderConfigRef config) {
        var policies =
                OwnedNamespace.recordingPolicies(ownership, seen.map(object -> ManagementPolicies.of(object.body())));
        var manifest = policies == ManagementPolicies.OBSERVE_UPDATE
                ? added(labelled)
                : namespace.manifest(Map.of(), Map.of());
        return KubernetesObject.of(Merge.over(manifest, MARK), config, policies);
    }

    /**
     * Without the pod security standard if the namespace has one of somebody else. provider-kubernetes applies with force: it would
     * weaken a stricter one, and with a stricter one, pods that run could not restart.
     */
    private Json.Obj added(Json.Obj labelled) {
        return seen.filter(object -> hasStandardOfOthers(object, ProviderKubernetes.manifest(object)))
                .map(ignored -> Merge.replaced(labelled, Optional.empty(), STANDARD))
                .orElse(labelled);
    }

    /** One that the Object does not set. Nothing is known while the namespace is not observed, as after a restoration. */
    private static boolean hasStandardOfOthers(ObservedResource object, Json.Obj found) {
        return object.body()
                        .object("spec", "forProvider", "manifest")
                        .at(STANDARD)
                        .isEmpty()
                && (found.isEmpty() || found.at(STANDARD).isPresent());
    }
}
