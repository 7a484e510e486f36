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
 * The objects that are composed for apps beside their charts.
 *
 * @param addresses the addresses of apps; empty if the platform offers none
 */
record AppObjects(AppPlacement placement, Optional<AppAddresses> addresses) {

    /** Whether an app has any. Those of its address may turn out to be in another cluster, once it is known which cluster it is. */
    boolean has(ResolvedApp resolved) {
        return AppNamespace.isFor(resolved) || !AppWorkloads.of(resolved.app()).isEmpty() || isExposed(resolved);
    }

    /**
     * Those in the cluster that are not only observed, each with the path of what requests it.
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
                addresses
                        .flatMap(some -> some.key(app, placement))
                        .ifPresent(key -> keys.put(key, app.path() + ".expose"));
            }
        }
        return keys;
    }

    private boolean isExposed(ResolvedApp resolved) {
        return addresses.filter(some -> some.serves(resolved.app())).isPresent();
    }
}
