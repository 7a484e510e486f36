package io.functionenvironment.api.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the cluster of every Environment is registered in an Argo CD outside it.
 *
 * @param providerConfig the name of the ProviderConfig by which provider-argocd reaches that Argo CD
 * @param project the project in Argo CD that the cluster belongs to; empty for all projects
 * @param labels of the cluster in Argo CD
 * @param environmentLabels the keys of those labels of an Environment that the cluster gets, too
 * @param annotations of the cluster in Argo CD
 */
public record ArgocdRegistration(
        String providerConfig,
        Optional<String> project,
        Map<String, String> labels,
        List<String> environmentLabels,
        Map<String, String> annotations) {}
