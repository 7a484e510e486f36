package io.functionenvironment.api.settings;

import java.util.Optional;

/** What serves the addresses of apps. */
public sealed interface AddressOffer permits IngressOffer, GatewayOffer {

    /** The namespace that the requests to apps come from; empty if no network policy has to allow it. */
    Optional<String> controllerNamespace();
}
