package io.functionenvironment.cluster.cloud;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ProviderConfigRef;
import java.time.Duration;
import java.util.List;

/**
 * Shows whether the API of a cluster is served now, and accepts the credentials. The cluster's managed resource shows neither: it
 * reports what the cloud says, and also errors of the cloud that do not concern what runs.
 */
final class ClusterHealth {
    static final String NAME = "health";

    /** Every cluster has it, and nobody can delete it. */
    private static final Json.Obj NAMESPACE = obj(
            field("apiVersion", "v1"),
            field("kind", "Namespace"),
            field("metadata", obj(field("name", "kube-system"))));

    private static final String EXISTS = "object.metadata.name == \"kube-system\"";

    private static final String OUT_OF_REACH =
            "the API of the cluster cannot be reached; if the cluster no longer exists, see"
                    + " docs/operations.md#a-cluster-at-a-cloud-provider-is-gone";

    private static final String IDENTITY_UNUSABLE = "the identity of the size cannot be used";

    private static final StartupGrace GRACE = new StartupGrace(
                    Activity.STARTING, Activity.UNREACHABLE, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(2))
            .explaining(ProviderKubernetes.IDENTITY_UNUSABLE, IDENTITY_UNUSABLE)
            .explaining(ProviderKubernetes.OUT_OF_REACH, OUT_OF_REACH);

    private ClusterHealth() {}

    static Component component(Owner owner, String config, List<Dependency> dependsOn) {
        var object = KubernetesObject.observed(NAMESPACE, ProviderConfigRef.namespaced(config), EXISTS);
        return Component.requested(NAME, object, owner, Location.HOST, dependsOn)
                .with(GRACE);
    }
}
