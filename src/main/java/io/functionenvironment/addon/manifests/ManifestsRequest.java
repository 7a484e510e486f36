package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Subject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The manifests that an Environment requests.
 *
 * @param requested the names of all
 * @param read those with a readable name, as far as they can be read
 * @param valid the names of those that can be carried out, as far as they depend on nothing else
 * @param taken the objects that something else manages
 */
record ManifestsRequest(
        Inputs inputs,
        ObservedComponents observed,
        Set<String> requested,
        Map<String, Manifest> read,
        Set<String> valid,
        Set<ObjectKey> taken,
        FieldErrors errors)
        implements AddonRequest {

    static ManifestsRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var at = FieldReader.at(
                "spec." + Manifest.OWNER, inputs.environment().spec().at(Manifest.OWNER), errors);
        var list = ManifestList.read(at, inputs.settings().manifests());
        var requested = new LinkedHashSet<>(list.read().keySet());
        if (!list.listed()) {
            observed.owners().filter(Manifests::isOwner).map(Owner::displayName).forEach(requested::add);
        }
        return new ManifestsRequest(inputs, observed, requested, list.read(), list.valid(), Set.of(), errors);
    }

    @Override
    public Map<String, Demands> demands() {
        return requested.isEmpty() ? Map.of() : Map.of(Manifest.OWNER, Demands.OBJECTS);
    }

    /** What the cluster admits, where it places it. */
    @Override
    public AddonRequest in(Optional<ClusterTarget> target) {
        return target.<AddonRequest>map(some -> {
                    var placed = new ManifestPlacement(some, inputs.observed(), errors).place(read, valid);
                    return new ManifestsRequest(
                            inputs, observed, requested, placed.manifests(), placed.valid(), taken, errors);
                })
                .orElse(this);
    }

    @Override
    public AddonRequest beside(Map<ObjectKey, String> objects) {
        var left = new LinkedHashSet<>(valid);
        read.values().stream()
                .filter(manifest -> valid.contains(manifest.name()) && objects.containsKey(manifest.key()))
                .forEach(manifest -> {
                    left.remove(manifest.name());
                    errors.add(
                            manifest.path() + ".manifest",
                            "is an object that " + objects.get(manifest.key()) + " manages; remove the manifest");
                });
        return new ManifestsRequest(inputs, observed, requested, read, left, objects.keySet(), errors);
    }

    @Override
    public List<DependencyName> names() {
        return requested.stream().map(this::name).toList();
    }

    private DependencyName name(String name) {
        var manifest = Optional.ofNullable(read.get(name)).filter(ignored -> valid.contains(name));
        var existing = existing(name).map(Component::name).toList();
        return new DependencyName(
                Optional.ofNullable(read.get(name)).map(Manifest::path).orElse("spec." + Manifest.OWNER),
                name,
                manifest.map(some -> List.of(some.component())).orElse(existing),
                manifest.map(Manifest::dependsOn).orElse(List.of()),
                manifest.isPresent(),
                manifest.map(some -> existing.contains(some.component())).orElse(!existing.isEmpty()));
    }

    /** What exists of an item: the object that it requests, and the one that it was before, if that still exists. */
    private Stream<Component> existing(String name) {
        var owner = Manifests.owner(name);
        var same = Optional.ofNullable(read.get(name)).map(Manifest::component);
        return Stream.concat(
                same.flatMap(component -> observed.kept(component, owner)).stream(),
                observed.kept(owner::equals).stream().filter(component -> !same.equals(Optional.of(component.name()))));
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var components = new LinkedHashMap<String, Component>();
        var kept = new LinkedHashSet<String>();
        for (var name : requested) {
            Optional.ofNullable(read.get(name))
                    .filter(ignored -> names.startable(name(name)))
                    .flatMap(manifest -> target.map(some -> new ManifestObject(some, names).component(manifest)))
                    .ifPresentOrElse(component -> components.put(component.name(), component), () -> kept.add(name));
        }
        // Another item may request by now what one that cannot be carried out was before.
        kept.forEach(name -> existing(name).forEach(component -> components.putIfAbsent(component.name(), component)));
        new OccupiedNamespaces(observed, List.copyOf(components.values()), taken, names)
                .staying(errors)
                .forEach(component -> components.put(component.name(), component));
        List<Owner> owners = requested.stream().<Owner>map(Manifests::owner).toList();
        return new AddonPlan(
                List.copyOf(components.values()),
                Optional.<Subject>of(new Subject.Collection(Manifests.CONDITION, "manifest", "manifests", owners))
                        .filter(ignored ->
                                inputs.environment().spec().at(Manifest.OWNER).isPresent()),
                new ManifestStatus(requested, read),
                errors.list());
    }
}
