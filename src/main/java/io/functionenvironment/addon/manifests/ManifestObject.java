package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.resource.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;

/** A manifest as an Object of provider-kubernetes that reaches into the Environment's cluster, and never the host. */
record ManifestObject(ClusterTarget target, DependencyNames names) {
    /** What it needs may have become ready a moment ago, such as an operator's webhook. */
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.CREATING, Activity.CREATING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(1));

    Component component(Manifest manifest) {
        var access = target.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(target.dependencies(access));
        dependencies.addAll(names.dependencies(manifest.dependsOn()));
        var object = KubernetesObject.of(manifest.object(), access.ref(), target.policies())
                .readyWhen(manifest.readyQuery());
        return Component.requested(
                        manifest.component(), object, Manifests.owner(manifest.name()), target.location(), dependencies)
                .with(GRACE);
    }
}
