package io.functionenvironment.addon.apps;

import io.functionenvironment.graph.Component;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects in the cluster that are composed for apps beside their charts.
 *
 * @param ingress the addresses of apps; empty if the platform offers none
 */
record AppObjects(AppPlacement placement, Optional<AppIngress> ingress) {

    /** Whether an app has any. */
    boolean has(ResolvedApp resolved) {
        return AppNamespace.isFor(resolved) || !AppWorkloads.of(resolved.app()).isEmpty() || isExposed(resolved);
    }

    /**
     * Those that are not only observed, each with the path of what requests it.
     *
     * @param kept what exists of apps that cannot be carried out
     */
    Map<ObjectKey, String> keys(Collection<ResolvedApp> valid, Stream<Component> kept) {
        var keys = new HashMap<ObjectKey, String>();
        kept.filter(component -> component.resource().policies() != ManagementPolicies.OBSERVE)
                .forEach(component -> {
                    if (component.resource() instanceof KubernetesObject object) {
                        keys.put(object.key(), "spec.apps");
                    }
                });
        for (var resolved : valid) {
            var app = resolved.app();
            if (AppNamespace.isFor(resolved)) {
                keys.put(ObjectKey.namespace(placement.namespace(app)), app.path() + ".namespaceMetadata");
            }
            if (isExposed(resolved)) {
                keys.put(AppIngress.key(app, placement), app.path() + ".expose");
            }
        }
        return keys;
    }

    private boolean isExposed(ResolvedApp resolved) {
        return ingress.filter(some -> some.serves(resolved.app())).isPresent();
    }
}
