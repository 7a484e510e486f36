package io.functionenvironment.api.settings;

import java.util.Map;

/**
 * The host cluster.
 *
 * @param providerConfig name of the ClusterProviderConfig, of provider-helm and of provider-kubernetes, that reaches it
 * @param composeNamespace whether an environment's namespace is a resource of its own, and so goes with it
 * @param labels put on that namespace, for cost and ownership
 */
public record Host(
        String providerConfig, String namespacePrefix, boolean composeNamespace, Map<String, String> labels) {}
