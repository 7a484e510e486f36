package io.functionenvironment.cluster.existing;

import io.functionenvironment.cluster.EnvironmentNames;
import io.functionenvironment.cluster.OwnedNamespace;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.ReconcileRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one namespace of an Environment in an existing cluster. */
record SharedNamespace(Inputs inputs) {
    private static final StartupGrace ABSENT_AT_FIRST = new StartupGrace(
            Activity.CREATING, Activity.UNREACHABLE, List.of(ProviderError.EXTERNAL_MISSING), Duration.ofMinutes(1));

    /** All but the prefix follows from the identity, so nobody can point an Environment at another namespace. */
    String name() {
        var names = new EnvironmentNames(
                inputs.environment().identity(), inputs.settings().host().namespacePrefix());
        return inputs.observed()
                .get(Part.NAMESPACE)
                .flatMap(seen -> seen.body().text("spec", "forProvider", "manifest", "metadata", "name"))
                .filter(name -> name.endsWith(names.suffix()))
                .orElseGet(names::namespace);
    }

    Component component(ExistingSize size, FieldErrors errors) {
        var seen = inputs.observed().get(Part.NAMESPACE);
        var owned = new OwnedNamespace(
                name(),
                "namespace",
                inputs.environment().identity(),
                inputs.observed().composite().uid().orElse(""));
        var ownership = owned.ownership(seen, false);
        var obstacle = ownership instanceof OwnedNamespace.Ownership.Taken(var taken)
                ? Optional.of(taken)
                : Optional.<Obstacle>empty();
        obstacle.ifPresent(some -> {
            if (some instanceof Obstacle.Conflict(var error)) {
                errors.add(error);
            }
        });
        var host = inputs.settings().host();
        var manifest =
                owned.manifest(owned.labels(host, inputs.environmentLabels(), size.podSecurity()), host.annotations());
        var policies = OwnedNamespace.policies(ownership, seen, manifest);
        var token = ReconcileRequest.token(
                seen,
                obstacle.isPresent(),
                Duration.ZERO,
                inputs.now(),
                inputs.settings().timing().waiting());
        var object = KubernetesObject.of(manifest, ProviderConfigRef.cluster(size.kubernetes()), policies)
                .requestingReconcile(token);
        return Component.requested(Part.NAMESPACE, object, Part.OWNER, Location.HOST, List.of())
                .with(ABSENT_AT_FIRST)
                .awaitingPredecessor(true)
                .blockedBy(obstacle);
    }
}
