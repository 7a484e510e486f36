package io.functionenvironment.addon.apps;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Resource;
import java.util.List;
import java.util.Optional;

/** How Objects of apps reach into the cluster. */
record GuestObjects(ClusterTarget target, Observed observed) {

    /** What each of them depends on. */
    List<Dependency> dependencies() {
        return target.dependencies(access());
    }

    /** The configuration for an Object; that of the existing one if it is not known which one there is now. */
    ProviderConfigRef config(String component) {
        var ref = access().ref();
        return ref.name().isEmpty()
                ? observed.get(component)
                        .map(Resource::read)
                        .flatMap(resource -> resource instanceof KubernetesObject object
                                ? Optional.of(object.config())
                                : Optional.empty())
                        .orElse(ref)
                : ref;
    }

    private Access access() {
        return target.kubernetes().orElseThrow();
    }
}
