package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.api.settings.GatewayOffer;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.resource.ObjectKey;
import java.util.Optional;

/** The object by which an app is reachable from outside. */
sealed interface AddressObject permits AppIngress, AppRoute {

    static AddressObject of(AddressOffer offer) {
        return switch (offer) {
            case IngressOffer ingress -> new AppIngress(ingress);
            case GatewayOffer gateway -> new AppRoute(gateway);
        };
    }

    Component component(AppAddress address, AppPlacement placement, GuestObjects objects);

    /** The object in the Environment's cluster; empty if it is in another one. */
    Optional<ObjectKey> key(App app, AppPlacement placement);

    /** The address of an app that is ready, once a controller serves the object. */
    Optional<String> url(String app, Observed observed);

    /** Why the object of an app that is ready is not served; empty if it is, or if the provider has not seen it yet. */
    Optional<String> notServed(String app, Observed observed);
}
