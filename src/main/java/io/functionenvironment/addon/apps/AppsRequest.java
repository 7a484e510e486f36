package io.functionenvironment.addon.apps;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.app.App;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Requirement;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Obstacle;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The apps that an Environment requests.
 *
 * @param requested the names of all, in whatever way they are requested
 * @param addresses the addresses of apps; empty if the platform offers none
 * @param valid those that can be carried out, as far as they depend on nothing else
 */
record AppsRequest(
        Inputs inputs,
        ObservedComponents observed,
        Set<String> requested,
        Map<String, ResolvedApp> valid,
        Optional<AppAddresses> addresses,
        AppPlacement placement,
        List<Requirement> requirements,
        FieldErrors errors)
        implements AddonRequest {

    static AppsRequest of(Inputs inputs) {
        var errors = new FieldErrors();
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var valid = new AppValidation(inputs, errors).validate();
        AppNamespace.refuseShared(valid, errors);
        var addresses = AppAddresses.of(inputs, valid.values(), errors);
        return new AppsRequest(
                inputs,
                observed,
                requested(inputs, observed),
                valid,
                addresses,
                new AppPlacement(Optional.empty(), inputs.observed()),
                new ResourceValues(inputs, errors).requirements(),
                errors);
    }

    @Override
    public Map<String, Demands> demands() {
        return valid.entrySet().stream()
                .filter(entry -> new AppObjects(placement, addresses).has(entry.getValue()))
                .collect(Collectors.toMap(entry -> Apps.component(entry.getKey()), ignored -> Demands.OBJECTS));
    }

    private boolean isExposed(App app) {
        return addresses.filter(some -> some.serves(app)).isPresent();
    }

    /** The Objects of an app that exist, as they are. */
    private Stream<Component> objects(String app) {
        return observed.kept(new Owner.App(app)::equals).stream()
                .filter(component -> component.resource() instanceof KubernetesObject);
    }

    @Override
    public AddonRequest in(Optional<ClusterTarget> target) {
        return target.<AddonRequest>map(some -> new AppsRequest(
                        inputs,
                        observed,
                        requested,
                        new SharedClusterRules(inputs, some).admitted(valid, errors),
                        addresses,
                        new AppPlacement(target, inputs.observed()),
                        requirements,
                        errors))
                .orElse(this);
    }

    @Override
    public Map<ObjectKey, String> objects() {
        return new AppObjects(placement, addresses)
                .keys(
                        valid.values(),
                        requested.stream()
                                .filter(name -> !valid.containsKey(name))
                                .flatMap(this::objects));
    }

    @Override
    public List<DependencyName> names() {
        return requested.stream().map(this::name).toList();
    }

    private DependencyName name(String name) {
        var app = Optional.ofNullable(valid.get(name)).map(ResolvedApp::app);
        var components = new ArrayList<String>();
        components.add(Apps.component(name));
        components.addAll(app.map(some -> AppWorkloads.components(some, placement))
                .orElseGet(() -> objects(name).map(Component::name).toList()));
        return new DependencyName(
                app.map(App::path).orElse("spec.apps"),
                name,
                List.copyOf(components),
                app.map(App::dependsOn).orElse(List.of()),
                app.isPresent(),
                components.stream().allMatch(inputs.observed()::has));
    }

    private boolean exists(String name) {
        return inputs.observed().has(Apps.component(name));
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var configMaps = new ValuesConfigMaps(observed);
        var components = new ArrayList<Component>();
        var releases = new LinkedHashMap<String, Component>();
        for (var name : requested) {
            var resolved = Optional.ofNullable(valid.get(name));
            var missing = resolved.flatMap(ResolvedApp::missing);
            // Without the value, an app that exists stays as it is.
            var app = resolved.filter(ignored -> missing.isEmpty() || !exists(name))
                    .filter(ignored -> target.isPresent() && names.startable(name(name)));
            var configMap = app.flatMap(configMaps::of);
            var guests = target.map(some -> new GuestObjects(some, inputs.observed()));
            var namespace = app.flatMap(
                    some -> new AppNamespace(guests.orElseThrow()).of(some, placement.namespace(some.app())));
            var planned =
                    app.map(some -> new AppRelease(inputs, target.orElseThrow(), placement, names, configMap, namespace)
                            .component(some, errors));
            // What it reads has to exist before a Release names it.
            var waits = exists(name)
                    && configMap
                            .filter(map -> !inputs.observed().has(map.name()))
                            .isPresent();
            var release = planned.filter(ignored -> !waits)
                    .or(() -> observed.kept(Apps.component(name), new Owner.App(name)))
                    .map(component -> component.blockedBy(missing.map(Obstacle.class::cast)));
            if (waits || planned.isEmpty()) {
                objects(name).forEach(components::add);
            }
            namespace.ifPresent(components::add);
            release.ifPresent(some -> {
                components.add(some);
                releases.put(name, some);
            });
            app.ifPresent(
                    some -> components.addAll(new AppWorkloads(guests.orElseThrow()).components(some, placement)));
            app.map(ResolvedApp::app)
                    .filter(this::isExposed)
                    .ifPresent(some ->
                            components.add(addresses.orElseThrow().component(some, placement, guests.orElseThrow())));
            components.addAll(configMaps.staying(name, waits || planned.isEmpty()));
            configMap.ifPresent(components::add);
        }
        List<Owner> owners = requested.stream().<Owner>map(Owner.App::new).toList();
        return new AddonPlan(
                components,
                Optional.of(new Subject.Collection(Apps.CONDITION, "app", "apps", owners)),
                new AppStatus(requested, valid, releases, inputs),
                errors.list());
    }

    /** All names that are requested, in whatever way, in the order of the request. */
    private static Set<String> requested(Inputs inputs, ObservedComponents observed) {
        var requested = new LinkedHashSet<String>();
        inputs.settings().apps().forEach(app -> requested.add(app.name()));
        inputs.environment().apps().forEach(app -> requested.add(app.name()));
        requested.addAll(inputs.environment().unreadable());
        if (!inputs.environment().listed()) {
            observed.owners().forEach(owner -> {
                if (owner instanceof Owner.App(var name)) {
                    requested.add(name);
                }
            });
        }
        return requested;
    }
}
