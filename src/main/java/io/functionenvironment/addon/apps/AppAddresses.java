package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.settings.AddressOffer;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Which apps are reachable from outside, and by what.
 *
 * @param domain of the Environment
 * @param apps the names of those that get an address: of two with the same one, the first
 */
record AppAddresses(AddressOffer offer, String domain, Set<String> apps) {

    /**
     * Which apps get an address; empty if the platform offers none.
     *
     * @param errors receives apps whose address cannot be offered, and which are carried out without it
     */
    static Optional<AppAddresses> of(Inputs inputs, Collection<ResolvedApp> valid, FieldErrors errors) {
        var identity = inputs.environment().identity();
        var offer = inputs.settings().addresses();
        var apps = new HashMap<String, String>();
        for (var resolved : valid) {
            var app = resolved.app();
            app.installation()
                    .exposure()
                    .map(exposure -> AppAddress.label(app, exposure))
                    .ifPresent(label -> {
                        var other = offer.isPresent() ? apps.putIfAbsent(label, app.name()) : null;
                        if (offer.isEmpty() && asks(inputs, app)) {
                            errors.add(
                                    app.path() + ".expose",
                                    "is set, but the platform offers no addresses outside the cluster; remove it (until"
                                            + " then, the app is installed without)");
                        } else if (other != null) {
                            errors.add(
                                    app.path() + ".expose",
                                    "has the address of the app \"" + other + "\", " + label
                                            + "; set another host in expose (until then, the app has no address)");
                        }
                    });
        }
        return offer.flatMap(some -> inputs.settings()
                .domain(identity.namespace(), identity.name())
                .map(domain -> new AppAddresses(some, domain, Set.copyOf(apps.values()))));
    }

    /** Whether the request itself asks for an address, and not only the catalog entry. */
    private static boolean asks(Inputs inputs, App app) {
        return inputs.environment().apps().stream()
                .anyMatch(some -> some.name().equals(app.name())
                        && some.installation().exposure().isPresent());
    }

    /** Whether an app gets an address. */
    boolean serves(App app) {
        return apps.contains(app.name());
    }

    /** The component of an app that {@link #serves gets an address}. It goes before the app, so that nobody is sent to what is gone. */
    Component component(App app, AppPlacement placement, GuestObjects objects) {
        return AddressObject.of(offer).component(AppAddress.of(app, domain), placement, objects);
    }

    /** The object in the cluster that an app gets; empty if it is in another cluster. */
    Optional<ObjectKey> key(App app, AppPlacement placement) {
        return AddressObject.of(offer).key(app, placement);
    }
}
