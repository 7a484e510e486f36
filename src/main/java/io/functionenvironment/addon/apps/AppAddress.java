package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Exposure;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An app that is reachable from outside.
 *
 * @param host its name in DNS
 */
record AppAddress(App app, String host) {
    /** A controller may have a webhook, which is not ready at first. */
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.CREATING, Activity.CREATING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(1));

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

    /** The component of the object that serves the address. It goes before the app, so that nobody is sent to what is gone. */
    Component component(String name, KubernetesObject object, Location location, List<Dependency> dependsOn) {
        var dependencies = new ArrayList<>(dependsOn);
        dependencies.add(new Dependency(Apps.component(app.name()), StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        return Component.requested(name, object, new Owner.App(app.name()), location, dependencies)
                .with(GRACE);
    }

    /** The object of such a component, as the provider saw it last. */
    static Optional<Json.Obj> object(String component, Observed observed) {
        return observed.get(component)
                .filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT))
                .map(ProviderKubernetes::manifest);
    }
}
