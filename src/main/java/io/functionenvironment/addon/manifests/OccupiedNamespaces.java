package io.functionenvironment.addon.manifests;

import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Namespaces that manifests created and that contain something of the Environment: they must not be deleted under it.
 *
 * @param planned the components of the manifests that are requested
 */
record OccupiedNamespaces(Inputs inputs, ObservedComponents observed, List<Component> planned) {

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

    private static Optional<String> namespace(Component component) {
        return component.resource() instanceof KubernetesObject object
                        && object.manifest().text("kind").equals(Optional.of("Namespace"))
                        && object.manifest().text("apiVersion").equals(Optional.of("v1"))
                ? object.manifest().text("metadata", "name")
                : Optional.empty();
    }

    private boolean isOccupied(String namespace, FieldErrors errors) {
        var releases = releases(namespace).map(Component::owner).distinct().toList();
        var objects = planned.stream()
                .filter(component -> component.resource() instanceof KubernetesObject object
                        && object.manifest().text("metadata", "namespace").equals(Optional.of(namespace)))
                .map(Component::owner)
                .toList();
        Stream.concat(releases.stream().filter(this::isRequested), objects.stream())
                .findFirst()
                .ifPresent(owner -> errors.add(
                        "spec." + Manifest.OWNER,
                        "lacks the Namespace " + namespace + ", but "
                                + (owner instanceof Owner.App ? "app " : "manifest ") + owner.displayName()
                                + " is in it; add the Namespace again, or remove what is in it"));
        return !releases.isEmpty() || !objects.isEmpty();
    }

    /** What is installed in a namespace, or is still being uninstalled. */
    private Stream<Component> releases(String namespace) {
        return Stream.concat(
                        observed.all(),
                        new UntrackedResources(observed.observed(), observed.environment()).components())
                .filter(component -> component.resource() instanceof Release release
                        && component.alive().isPresent()
                        && release.target().namespace().equals(namespace));
    }

    private boolean isRequested(Owner owner) {
        return owner instanceof Owner.App(var name)
                && Stream.concat(
                                inputs.environment().spec().items("apps").stream()
                                        .flatMap(item -> item.text("name").stream()),
                                inputs.settings().apps().stream().map(app -> app.name()))
                        .anyMatch(name::equals);
    }
}
