package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Exposure;

/**
 * An app that is reachable from outside.
 *
 * @param host its name in DNS
 */
record AppAddress(App app, String host) {

    static AppAddress of(App app, String domain) {
        return new AppAddress(app, label(app, app.installation().exposure().orElseThrow()) + "." + domain);
    }

    /** The first label of the name. */
    static String label(App app, Exposure exposure) {
        return exposure.host().orElse(app.name());
    }

    Exposure exposure() {
        return app.installation().exposure().orElseThrow();
    }

    /** The name of the Service in the namespace of the app. */
    String service(AppPlacement placement) {
        return exposure().service(placement.release(app));
    }
}
