package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Namespaces that manifests created and that contain something of the Environment: they must not be deleted under it.
 *
 * @param planned the components of the manifests that are requested
 * @param taken the objects that something else manages from now on, so that they are not deleted
 * @param names of everything that is requested
 */
record OccupiedNamespaces(
        ObservedComponents observed, List<Component> planned, Set<ObjectKey> taken, DependencyNames names) {

    /**
     * Those that exist and are not planned; they stay until what is in them is gone.
     *
     * @param errors receives those in which something requested stays
     */
    List<Component> staying(FieldErrors errors) {
        return observed.kept(Manifests::isOwner).stream()
                .filter(component ->
                        planned.stream().noneMatch(other -> other.name().equals(component.name())))
                .filter(component -> namespace(component)
                        .filter(namespace -> isOccupied(namespace, errors))
                        .isPresent())
                .toList();
    }

    private Optional<String> namespace(Component component) {
        return component.resource() instanceof KubernetesObject object
                        && object.key().isNamespace()
                        && !taken.contains(object.key())
                ? Optional.of(object.key().name())
                : Optional.empty();
    }

    private boolean isOccupied(String namespace, FieldErrors errors) {
        var owners = Stream.concat(others(), planned.stream())
                .filter(component -> isIn(component, namespace))
                .map(Component::owner)
                .distinct()
                .toList();
        owners.stream()
                .filter(owner -> names.path(owner.displayName()).isPresent())
                .findFirst()
                .ifPresent(owner -> errors.add(
                        "spec." + Manifest.OWNER,
                        "lacks the Namespace " + namespace + ", but " + owner.displayName() + " ("
                                + names.path(owner.displayName()).orElseThrow()
                                + ") is in it; add the Namespace again, or remove what is in it"));
        return !owners.isEmpty();
    }

    /** What is in the cluster beside manifests, or is still being uninstalled. Manifests depend on their namespace themselves. */
    private Stream<Component> others() {
        return Stream.concat(
                        observed.all(),
                        new UntrackedResources(observed.observed(), observed.environment()).components())
                .filter(component -> component.alive().isPresent() && !Manifests.isOwner(component.owner()));
    }

    private static boolean isIn(Component component, String namespace) {
        return component.resource() instanceof Release release
                ? release.target().namespace().equals(namespace)
                : component.resource() instanceof KubernetesObject object
                        && object.policies() != ManagementPolicies.OBSERVE
                        && object.key().namespace().equals(Optional.of(namespace));
    }
}
