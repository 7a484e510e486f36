package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.resource.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as an Object of provider-kubernetes that reaches into the Environment's cluster, and never the host.
 *
 * @param all the valid manifests of the Environment
 */
record ManifestObject(ClusterTarget target, DependencyNames names, Collection<Manifest> all) {
    private static final StartupGrace GRACE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ofSeconds(10));

    Component component(Manifest manifest) {
        var access = target.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(target.dependencies(access));
        dependencies.addAll(names.dependencies(manifest.dependsOn()));
        namespace(manifest)
                .map(namespace -> new Dependency(namespace.component(), StartWhen.READY, DeletionMode.UNINSTALL_FIRST))
                .filter(dependency -> !dependencies.contains(dependency))
                .ifPresent(dependencies::add);
        var object = KubernetesObject.of(manifest.object(), access.ref(), target.policies())
                .readyWhen(manifest.readyQuery());
        return Component.requested(
                        manifest.component(), object, Manifests.owner(manifest.name()), target.location(), dependencies)
                .with(GRACE);
    }

    /** The manifest of the namespace that one is in. */
    private Optional<Manifest> namespace(Manifest manifest) {
        return all.stream()
                .filter(other -> other.isNamespace()
                        && names.startable(other.name())
                        && manifest.namespace().equals(Optional.of(other.objectName())))
                .findFirst();
    }
}
