package io.functionenvironment.api.settings;

import io.functionenvironment.json.Json;
import java.util.Map;
import java.util.Optional;

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
        Json.Obj values) {}
