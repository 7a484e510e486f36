package io.functionenvironment.api.settings;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How virtual clusters are installed.
 *
 * @param repository the address of the repository of the vcluster chart
 * @param version the version of the vcluster chart
 * @param digest of the vcluster chart, if the repository is an OCI registry; of the same version
 * @param pullSecret the name of a Secret with credentials for the repository, in the namespace of each Environment
 * @param kubernetesVersion the default minor version of Kubernetes
 * @param kubernetesVersions the image tags by the minor version that they provide
 * @param imageRegistry a mirror for the images of the virtual cluster
 * @param imagePullSecrets the names of Secrets in the host namespace with credentials for images
 * @param podSecurity the pod security standard inside the virtual cluster
 * @param networkPolicy whether a network policy isolates the host namespace
 * @param openAddresses the blocks that this policy opens although they are closed by default
 * @param quota whether a ResourceQuota and a LimitRange enforce the size
 * @param oidc whose tokens the API servers accept besides their own; empty for nobody's
 * @param values of the chart, merged over those of the function, except for those that the function depends on
 */
public record VclusterOffer(
        String repository,
        String version,
        Optional<String> digest,
        Optional<String> pullSecret,
        String kubernetesVersion,
        Map<String, String> kubernetesVersions,
        Optional<String> imageRegistry,
        List<String> imagePullSecrets,
        String podSecurity,
        boolean networkPolicy,
        List<String> openAddresses,
        boolean quota,
        Optional<OidcIssuer> oidc,
        Json.Obj values,
        Explicit explicit) {

    /**
     * What the platform set itself. The shipped defaults only count when a cluster is created.
     *
     * @param kubernetesVersions the minor versions whose image it set
     * @param controlPlane whether it set chart values of the control plane
     * @param all everything it set, as written
     */
    public record Explicit(
            boolean repository,
            boolean version,
            boolean kubernetesVersion,
            Set<String> kubernetesVersions,
            boolean controlPlane,
            Json.Obj all) {}
}
