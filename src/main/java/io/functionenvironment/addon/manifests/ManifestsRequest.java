package io.functionenvironment.addon.manifests;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.status.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The manifests that an Environment requests.
 *
 * @param requested the names of all
 * @param valid those that can be carried out, as far as they depend on nothing else
 */
record ManifestsRequest(
        Inputs inputs,
        ObservedComponents observed,
        Set<String> requested,
        Map<String, Manifest> valid,
        FieldErrors errors)
        implements AddonRequest {

    static ManifestsRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var at = FieldReader.at(
                "spec." + Manifest.OWNER, inputs.environment().spec().at(Manifest.OWNER), errors);
        var requested = new LinkedHashSet<String>();
        var valid = new LinkedHashMap<String, Manifest>();
        var reader = new ManifestReader(inputs.settings().manifests());
        var before = errors.size();
        var items = at.items(ManifestReader.MOST);
        var listed = errors.size() == before;
        for (var item : items) {
            var name = item.value()
                    .text("name")
                    .filter(text -> AppReader.NAME.matcher(text).matches());
            listed &= name.isPresent();
            var manifest = reader.manifest(item);
            if (name.isPresent() && !requested.add(name.get())) {
                item.error("is a second manifest named \"" + name.get() + "\"; rename one of them");
                // None of the two is known to be the intended one.
                valid.remove(name.get());
            } else {
                manifest.ifPresent(some -> valid.put(some.name(), some));
            }
        }
        if (!listed) {
            observed.owners().forEach(owner -> {
                if (Manifests.isOwner(owner)) {
                    requested.add(owner.displayName());
                }
            });
        }
        return new ManifestsRequest(inputs, observed, requested, valid, errors);
    }

    @Override
    public Demands demands() {
        return requested.isEmpty() ? Demands.NONE : new Demands(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, true);
    }

    @Override
    public List<DependencyName> names() {
        return requested.stream().map(this::name).toList();
    }

    private DependencyName name(String name) {
        var manifest = Optional.ofNullable(valid.get(name));
        var existing = existing(name);
        return new DependencyName(
                manifest.map(Manifest::path).orElse("spec." + Manifest.OWNER),
                name,
                manifest.map(some -> List.of(some.component())).orElse(existing),
                manifest.map(Manifest::dependsOn).orElse(List.of()),
                manifest.isPresent(),
                manifest.map(some -> existing.contains(some.component())).orElse(!existing.isEmpty()));
    }

    private List<String> existing(String name) {
        return observed.kept(Manifests.owner(name)::equals).stream()
                .map(Component::name)
                .toList();
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var components = new ArrayList<Component>();
        var started = target.filter(some -> some.kubernetes().isPresent());
        for (var name : requested) {
            Optional.ofNullable(valid.get(name))
                    .filter(ignored -> names.startable(name))
                    .flatMap(manifest ->
                            started.map(some -> new ManifestObject(some, names, valid.values()).component(manifest)))
                    .ifPresentOrElse(
                            components::add, () -> components.addAll(observed.kept(Manifests.owner(name)::equals)));
        }
        var planned = new LinkedHashSet<String>();
        components.forEach(component -> planned.add(component.name()));
        components.addAll(kept(planned));
        List<Owner> owners = requested.stream().<Owner>map(Manifests::owner).toList();
        return new AddonPlan(
                components,
                Optional.<Subject>of(new Subject.Collection(Manifests.CONDITION, "manifest", "manifests", owners))
                        .filter(ignored ->
                                inputs.environment().spec().at(Manifest.OWNER).isPresent()),
                new ManifestStatus(requested, valid),
                errors.list());
    }

    /** Namespaces that are no longer listed, and that something else is in: deleting them would delete that. */
    private List<Component> kept(Set<String> planned) {
        return new OccupiedNamespaces(inputs, observed).of(planned, errors);
    }
}
