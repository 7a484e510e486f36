package io.functionenvironment.addon.manifests;

import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Namespaces that manifests created and that contain something of the Environment: they must not be deleted under it. */
record OccupiedNamespaces(Inputs inputs, ObservedComponents observed) {

    /**
     * Those that exist and are not planned; they stay until what is in them is gone.
     *
     * @param errors receives those in which something requested stays
     */
    List<Component> of(Set<String> planned, FieldErrors errors) {
        return observed.kept(Manifests::isOwner).stream()
                .filter(component -> !planned.contains(component.name()))
                .filter(component -> namespace(component)
                        .flatMap(namespace -> occupant(namespace, errors))
                        .isPresent())
                .toList();
    }

    private static Optional<String> namespace(Component component) {
        return component.resource() instanceof KubernetesObject object
                        && object.manifest().text("kind").equals(Optional.of("Namespace"))
                ? object.manifest().text("metadata", "name")
                : Optional.empty();
    }

    /** Something that is installed in a namespace. */
    private Optional<Component> occupant(String namespace, FieldErrors errors) {
        var occupants = observed.all()
                .filter(component -> component.resource() instanceof Release release
                        && component.alive().isPresent()
                        && release.target().namespace().equals(namespace))
                .toList();
        occupants.stream()
                .map(Component::owner)
                .filter(this::requested)
                .findFirst()
                .ifPresent(owner -> errors.add(
                        "spec." + Manifest.OWNER,
                        "does not list the Namespace " + namespace + " any more, but app " + owner.displayName()
                                + " is installed in it; the namespace stays until you remove the app"));
        return occupants.stream().findFirst();
    }

    private boolean requested(Owner owner) {
        return owner instanceof Owner.App(var name)
                && inputs.environment().spec().items("apps").stream()
                        .map(item -> item.at("name"))
                        .anyMatch(other -> other.equals(Optional.of(new Json.Text(name))));
    }
}
