package io.functionenvironment.api.settings;

import io.functionenvironment.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How virtual clusters are made.
 *
 * @param kubernetesVersions minor version to the tag of the image that provides it
 * @param podSecurity the pod security standard that holds on the host namespace and inside
 * @param values laid over ours, except where ours are what makes the wiring work
 */
public record VclusterOffer(
        String repository,
        String version,
        String kubernetesVersion,
        Map<String, String> kubernetesVersions,
        Optional<String> imageRegistry,
        String podSecurity,
        boolean networkPolicy,
        boolean quota,
        Json.Obj values,
        Explicit explicit) {

    /**
     * What the platform set itself, without the shipped defaults, which only count when a cluster is created.
     *
     * @param kubernetesVersions the minor versions whose image it set
     * @param controlPlane whether it set values of the control plane
     * @param all everything it set, as it was written
     */
    public record Explicit(
            boolean repository,
            boolean version,
            boolean kubernetesVersion,
            Set<String> kubernetesVersions,
            boolean controlPlane,
            Json.Obj all) {}
}
