package io.functionenvironment.addon.knative;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knative as an Environment requests it.
 *
 * @param spec empty if it cannot be read
 * @param version to install; empty if what is requested is not possible, or while the cluster is not known
 */
record KnativeRequest(
        Inputs inputs,
        ObservedComponents observed,
        Optional<KnativeSpec> spec,
        Optional<String> version,
        FieldErrors errors)
        implements AddonRequest {

    static AddonRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var at = FieldReader.at(Knative.FIELD, inputs.environment().spec().at(Knative.NAME), errors);
        var spec = KnativeSpec.read(at);
        if (spec.isPresent() && !inputs.settings().knative().allowed()) {
            at.error("is enabled, but this platform does not allow Knative; set enabled to false");
        }
        // What cannot be read is not known to be off.
        var off =
                errors.isEmpty() ? spec.isEmpty() : at.value().at("enabled").equals(Optional.of(new Json.Bool(false)));
        if (off) {
            return new Off(at.present(), errors);
        }
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        return new KnativeRequest(inputs, observed, spec, Optional.empty(), errors);
    }

    /**
     * Knative is off.
     *
     * @param written whether the field is there, so that its condition is shown
     * @param errors in what is written beside that
     */
    private record Off(boolean written, FieldErrors errors) implements AddonRequest {
        @Override
        public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
            return new AddonPlan(
                    List.of(),
                    Optional.<Subject>of(new Subject.Absent(Knative.CONDITION)).filter(ignored -> written),
                    progress -> List.of(),
                    errors.list());
        }
    }

    /** With the version that is possible in a cluster. */
    @Override
    public AddonRequest in(Optional<ClusterTarget> target) {
        if (target.filter(some -> !some.sharing().trusted()).isPresent()) {
            errors.add(
                    Knative.FIELD,
                    "needs a cluster that the Environment has for itself, because the operator of Knative may do everything in it;"
                            + " remove it, or request a size with a cluster of its own");
        }
        var possible = target.filter(
                        some -> errors.isEmpty() && some.kubernetes().isPresent())
                .flatMap(some -> new KnativeVersion(
                                inputs.settings().knative(), inputs.observed(), some.kubernetesVersion())
                        .of(spec.orElseThrow(), errors));
        return new KnativeRequest(inputs, observed, spec, possible, errors);
    }

    @Override
    public Map<String, Demands> demands() {
        var requested = Stream.concat(
                        Stream.of(KnativeComponents.OPERATOR), halves().stream().map(Half::component))
                .filter(ignored -> errors.isEmpty());
        // What exists stays, whatever happened to its labels.
        var existing = KnativeComponents.names().filter(inputs.observed()::has);
        return Stream.concat(requested, existing)
                .distinct()
                .collect(Collectors.toMap(component -> component, KnativeComponents::demands));
    }

    /** Those that are requested, and if that is not known, those that exist. */
    private List<Half> halves() {
        return spec.map(KnativeSpec::halves).orElseGet(this::existing);
    }

    private List<Half> existing() {
        return Half.existing(inputs.observed());
    }

    @Override
    public Map<ObjectKey, String> objects() {
        return halves().stream()
                .flatMap(half -> CustomResource.keys(half).stream())
                .collect(Collectors.toMap(key -> key, ignored -> Knative.FIELD));
    }

    @Override
    public List<DependencyName> names() {
        var components = (version.isPresent() ? halves() : existing())
                .stream().map(Half::component).toList();
        return List.of(new DependencyName(
                Knative.FIELD,
                Knative.NAME,
                components,
                List.of(),
                version.isPresent(),
                !components.isEmpty() && components.stream().allMatch(inputs.observed()::has)));
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var components = version.flatMap(possible -> spec.flatMap(
                        wanted -> target.map(some -> new KnativeComponents(inputs, some, wanted, possible).all())))
                .orElseGet(this::kept);
        return new AddonPlan(
                components,
                Optional.of(new Subject.Single(
                        Knative.CONDITION, "Knative", Knative.OWNER, complete(components), Optional.empty())),
                new KnativeStatus(halves(), components, inputs.observed()),
                errors.list());
    }

    /** All that exists, whatever happened to its labels. */
    private List<Component> kept() {
        var parts = KnativeComponents.names().flatMap(name -> observed.kept(name, Knative.OWNER).stream());
        var others = observed.kept(Knative.OWNER::equals).stream()
                .filter(component -> KnativeComponents.names().noneMatch(component.name()::equals));
        return Stream.concat(parts, others).toList();
    }

    private boolean complete(List<Component> components) {
        var planned = components.stream().map(Component::name).toList();
        return !halves().isEmpty()
                && planned.contains(KnativeComponents.OPERATOR)
                && halves().stream().map(Half::component).allMatch(planned::contains);
    }
}
