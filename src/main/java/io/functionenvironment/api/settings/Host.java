package io.functionenvironment.api.settings;

import java.util.Map;

/**
 * The host cluster.
 *
 * @param providerConfig the name that the ClusterProviderConfigs of provider-helm and of provider-kubernetes both have
 * @param namespacePrefix the beginning of the name of every host namespace
 * @param composeNamespace whether an Environment's host namespace is composed, and so deleted with it. Otherwise Helm creates
 *     it, and it stays
 * @param labels of that namespace, such as for cost and ownership
 */
public record Host(
        String providerConfig, String namespacePrefix, boolean composeNamespace, Map<String, String> labels) {}
