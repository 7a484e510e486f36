package io.functionenvironment;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonDemands;
import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.environment.EnvironmentStatus.Removing;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentGraph;
import io.functionenvironment.graph.DeletionOrderUsages;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.UntrackedResources;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.removal.EnvironmentDeletionGuard;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Reporter.Contributions;
import io.functionenvironment.status.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What should exist, and what its parts report.
 *
 * @param absent the add-ons that have a condition and are no longer requested
 * @param errors what could not be planned as requested
 * @param requirements what add-ons have to know of resources that are not composed
 */
public record EnvironmentPlan(
        ComponentGraph graph,
        ClusterPlan cluster,
        List<AddonPlan> addons,
        List<Subject> absent,
        List<FieldError> errors,
        List<Requirement> requirements) {

    static EnvironmentPlan of(Inputs inputs, Registry registry) {
        var read = registry.addons().stream().map(addon -> addon.read(inputs)).toList();
        var demands = new HashMap<String, Demands>();
        read.forEach(request -> demands.putAll(request.demands()));
        var cluster = cluster(inputs, registry, new AddonDemands(inputs, registry.addons()).with(demands));
        var requests = beside(
                read.stream().map(request -> request.in(cluster.target())).toList());
        var errors = new FieldErrors();
        var names = DependencyNames.of(
                requests.stream().flatMap(request -> request.names().stream()).toList(), errors);
        var components = new ArrayList<>(cluster.components());
        // Where the cluster stays as it is, it may lack what a new request needs.
        var target = cluster.target()
                .filter(some ->
                        !Demands.sum(demands).objects() || some.kubernetes().isPresent());
        var addons =
                requests.stream().map(request -> request.plan(target, names)).toList();
        addons.forEach(plan -> components.addAll(plan.components()));
        var refused = Stream.of(
                        cluster.errors().stream(),
                        addons.stream().flatMap(plan -> plan.errors().stream()),
                        errors.list().stream())
                .flatMap(all -> all)
                .toList();
        var hash = inputs.environment().identity().hash();
        var removing =
                inputs.memory().removing().stream().map(Removing::component).collect(Collectors.toSet());
        // What was removed and is requested again may still be being deleted under the same name.
        components.replaceAll(
                component -> removing.contains(component.name()) ? component.awaitingPredecessor(true) : component);
        components.addAll(DeletionOrderUsages.of(ComponentGraph.of(hash, components), inputs.observed()));
        components.addAll(unrequested(names(components), inputs));
        return new EnvironmentPlan(
                ComponentGraph.of(hash, components),
                cluster,
                addons,
                absent(inputs, registry, addons),
                refused,
                read.stream()
                        .flatMap(request -> request.requirements().stream())
                        .toList());
    }

    private static List<AddonRequest> beside(List<AddonRequest> requests) {
        var objects = new HashMap<ObjectKey, String>();
        requests.forEach(request -> request.objects().forEach(objects::putIfAbsent));
        return requests.stream().map(request -> request.beside(objects)).toList();
    }

    private static List<Subject> absent(Inputs inputs, Registry registry, List<AddonPlan> addons) {
        var reported = addons.stream()
                .flatMap(plan -> plan.subject().stream())
                .map(Subject::conditionType)
                .toList();
        return registry.addons().stream()
                .map(Addon::conditionType)
                .filter(type -> !reported.contains(type)
                        && inputs.observed().composite().condition(type).isPresent())
                .<Subject>map(Subject.Absent::new)
                .toList();
    }

    /** What exists and is no longer requested, with the Usages that guard the Environment meanwhile. */
    static List<Component> unrequested(Set<String> requested, Inputs inputs) {
        var hash = inputs.environment().identity().hash();
        var observed = new ObservedComponents(inputs.observed(), hash)
                .named(name -> !requested.contains(name))
                .toList();
        var untracked = new UntrackedResources(inputs.observed(), hash);
        var uninstalling = untracked
                .components()
                .filter(component -> !requested.contains(component.name())
                        && untracked.uninstalling().containsKey(component.name()));
        var guards = new EnvironmentDeletionGuard(inputs.observed(), hash).usages(observed);
        var others = observed.stream()
                .filter(component ->
                        guards.stream().noneMatch(usage -> usage.name().equals(component.name())));
        // A component that is observed as well counts as observed: the later one of a name replaces the earlier.
        return Stream.of(uninstalling, guards.stream(), others)
                .flatMap(components -> components)
                .toList();
    }

    private static ClusterPlan cluster(Inputs inputs, Registry registry, Demands demands) {
        var existing = existingType(inputs);
        var keeping = existing.flatMap(registry::kind).orElse(registry.kinds().getFirst());
        var name = inputs.environment().size();
        if (name.isEmpty()) {
            return keeping.keep(inputs, demands, List.of());
        }
        var sizes = inputs.settings().sizes();
        if (!(sizes.get(name.get()) instanceof Size size)) {
            return keeping.keep(
                    inputs,
                    demands,
                    List.of(new FieldError(
                            "spec.size",
                            "is " + Redaction.of(name.get()) + "; must be one of "
                                    + String.join(
                                            ", ",
                                            sizes.keySet().stream().sorted().toList()))));
        }
        if (existing.filter(type -> !type.equals(size.type())).isPresent()) {
            return keeping.keep(
                    inputs,
                    demands,
                    List.of(new FieldError(
                            "spec.size",
                            "is " + Redaction.of(name.get()) + ", a size of cluster type " + size.type()
                                    + ", but this Environment has a cluster of type " + existing.get()
                                    + ", which cannot change; request a size of type " + existing.get()
                                    + " or create a new Environment")));
        }
        return registry.kind(size.type()).orElseThrow().plan(inputs, size, demands);
    }

    /** The kind of the cluster that exists, as its components show. */
    private static Optional<String> existingType(Inputs inputs) {
        return new ObservedComponents(
                        inputs.observed(), inputs.environment().identity().hash())
                .owners()
                .flatMap(owner -> owner instanceof Owner.Cluster(var type) ? Stream.of(type) : Stream.empty())
                .findFirst();
    }

    /** What the parts report, given what was decided. */
    Contributions contributions(Progress progress) {
        var subjects = new ArrayList<Subject>();
        var complete = cluster.target()
                .filter(target -> graph.get(target.alive().on())
                        .filter(Component::requested)
                        .isPresent())
                .isPresent();
        subjects.add(new Subject.Single(
                Registry.CLUSTER_CONDITION, "The cluster", cluster.owner(), complete, Optional.empty()));
        var sections = new ArrayList<Json.Field>();
        for (var addon : addons) {
            addon.subject().ifPresent(subjects::add);
            sections.addAll(addon.status().fields(progress));
        }
        subjects.addAll(absent);
        return new Contributions(subjects, cluster.facts(), cluster.connect(), sections);
    }

    private static Set<String> names(List<Component> components) {
        return components.stream().map(Component::name).collect(Collectors.toSet());
    }
}
