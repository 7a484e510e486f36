package io.functionenvironment.api.settings;

import java.util.Optional;

/**
 * A Gateway of the platform, in the cluster in which the pods of apps run. Apps are reachable by routes that refer to it.
 *
 * @param namespace of the Gateway
 * @param name of the Gateway
 * @param sectionName the one listener that serves addresses; empty for all that admit the routes
 * @param tls whether the listener has a certificate, so that addresses begin with {@code https}
 * @param controllerNamespace where the pods are that carry the Gateway's traffic; empty if no network policy has to allow it
 */
public record GatewayOffer(
        String namespace, String name, Optional<String> sectionName, boolean tls, Optional<String> controllerNamespace)
        implements AddressOffer {

    public String scheme() {
        return tls ? "https" : "http";
    }
}
