package io.functionenvironment.api.settings;

import java.util.List;
import java.util.Map;

/**
 * The host cluster.
 *
 * @param providerConfig the name that the ClusterProviderConfigs of provider-helm and of provider-kubernetes both have
 * @param namespacePrefix the beginning of the name of every host namespace
 * @param composeNamespace whether an Environment's host namespace is composed, and so deleted with it. Otherwise Helm creates
 *     it, and it stays
 * @param labels of that namespace, such as for cost and ownership
 * @param environmentLabels the keys of those labels of an Environment that the namespace gets, too
 * @param annotations of that namespace
 */
public record Host(
        String providerConfig,
        String namespacePrefix,
        boolean composeNamespace,
        Map<String, String> labels,
        List<String> environmentLabels,
        Map<String, String> annotations) {}
