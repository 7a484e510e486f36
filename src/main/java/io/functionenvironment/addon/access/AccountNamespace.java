package io.functionenvironment.addon.access;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The namespace of the ServiceAccounts. A subject that can create pods in a namespace can act as each ServiceAccount there. So in a
 * cluster of the Environment's own, the ServiceAccounts have a namespace without anything else.
 */
record AccountNamespace(ClusterTarget target) {
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.CREATING, Activity.CREATING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(1));

    /** Part of the API: it never changes. */
    private static final String COMPONENT = "access-namespace";

    private static final String NAME = "environment-access";

    String name() {
        return target.namespace(NAME);
    }

    /** The component; empty where the Environment has one namespace for everything. */
    Optional<Component> component() {
        return Optional.of(target)
                .filter(some -> some.sharing().namespace().isEmpty())
                .map(some -> object(COMPONENT, manifest(), List.of()));
    }

    /** What everything in the namespace depends on. */
    List<Dependency> first() {
        return component()
                .map(some -> List.of(new Dependency(some.name(), StartWhen.READY, DeletionMode.UNINSTALL_FIRST)))
                .orElse(List.of());
    }

    /** An object in the cluster as a component. */
    Component object(String component, Json.Obj manifest, List<Dependency> dependsOn) {
        var access = target.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(target.dependencies(access));
        dependencies.addAll(dependsOn);
        return Component.requested(
                        component,
                        KubernetesObject.of(manifest, access.ref(), target.policies()),
                        Access.OWNER,
                        target.location(),
                        dependencies)
                .with(GRACE);
    }

    private static Json.Obj manifest() {
        return obj(field("apiVersion", "v1"), field("kind", "Namespace"), field("metadata", obj(field("name", NAME))));
    }
}
