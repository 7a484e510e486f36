package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.NamespaceMetadata;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The namespace of an app that has labels or annotations, as an Object inside the cluster. provider-helm would create a namespace
 * without them, and never delete it either. So it stays when the app goes.
 */
record AppNamespace(GuestObjects objects) {
    private static final String PREFIX = "namespace-";
    private static final StartupGrace GRACE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ofSeconds(10));

    /** Whether an app has one. */
    static boolean isFor(ResolvedApp resolved) {
        return !metadata(resolved).isEmpty();
    }

    private static NamespaceMetadata metadata(ResolvedApp resolved) {
        return resolved.app().installation().namespaceMetadata();
    }

    /** The component of an app that has one. It is no guest: a guest is what has to be uninstalled from its cluster. */
    Optional<Component> of(ResolvedApp resolved, String namespace) {
        var app = resolved.app().name();
        return Optional.of(metadata(resolved))
                .filter(metadata -> !metadata.isEmpty())
                .map(metadata -> Component.requested(
                                PREFIX + app,
                                KubernetesObject.of(
                                        metadata.manifest(namespace),
                                        objects.config(PREFIX + app),
                                        ManagementPolicies.LEAVE),
                                new Owner.App(app),
                                Location.HOST,
                                objects.dependencies())
                        .with(GRACE));
    }

    /** Removes apps whose namespace has metadata of another app: the two would take them from each other. */
    static void refuseShared(Map<String, ResolvedApp> valid, FieldErrors errors) {
        var apps = new HashMap<String, String>();
        valid.values().removeIf(resolved -> {
            var app = resolved.app();
            var other = isFor(resolved) ? apps.putIfAbsent(app.targetNamespace(), app.name()) : null;
            if (other != null) {
                errors.add(
                        app.path() + ".namespaceMetadata",
                        "is set for the namespace " + app.targetNamespace() + ", for which the app \"" + other
                                + "\" sets it, too; remove one of the two, or use another namespace");
            }
            return other != null;
        });
    }
}
