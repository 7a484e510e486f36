package io.functionenvironment.invented;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.Addon;
import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyName;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.ReleaseTarget;
import io.functionenvironment.resource.Values;
import io.functionenvironment.status.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fictional add-on, requested by {@code spec.mesh.enabled}: a Helm release, and an object for its operator. */
public final class Mesh implements Addon {
    private static final Owner.Addon OWNER = new Owner.Addon("mesh");
    private static final String RELEASE = "mesh";
    private static final String OBJECT = "mesh-object";
    private static final Json.Obj MANIFEST = obj(
            field("apiVersion", "mesh.example.test/v1"),
            field("kind", "Mesh"),
            field("metadata", obj(field("name", "mesh"), field("namespace", "mesh-system"))));
    private static final Demands DEMANDS = new Demands(4, 2, new BigDecimal("0.5"), new BigDecimal(256 << 20), true);

    @Override
    public String conditionType() {
        return "MeshReady";
    }

    @Override
    public Set<String> fields() {
        return Set.of("mesh");
    }

    private static boolean requested(Inputs inputs) {
        return inputs.environment().spec().isTrue("mesh", "enabled");
    }

    @Override
    public boolean owns(Owner owner) {
        return owner.equals(OWNER);
    }

    @Override
    public Demands demands(String component, Optional<ObservedResource> seen) {
        return switch (component) {
            case RELEASE -> DEMANDS;
            case OBJECT -> Demands.OBJECTS;
            default -> Demands.NONE;
        };
    }

    @Override
    public AddonRequest read(Inputs inputs) {
        return requested(inputs) ? new Requested(inputs) : AddonRequest.NONE;
    }

    private record Requested(Inputs inputs) implements AddonRequest {
        @Override
        public Map<String, Demands> demands() {
            return Map.of(RELEASE, DEMANDS, OBJECT, Demands.OBJECTS);
        }

        @Override
        public Map<ObjectKey, String> objects() {
            return Map.of(ObjectKey.of(MANIFEST), "spec.mesh");
        }

        @Override
        public List<DependencyName> names() {
            return List.of(new DependencyName("spec.mesh", "mesh", List.of(OBJECT), List.of(), true, false));
        }

        @Override
        public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
            return Mesh.plan(inputs, target);
        }
    }

    private static AddonPlan plan(Inputs inputs, Optional<ClusterTarget> target) {
        if (target.isEmpty() || target.get().kubernetes().isEmpty()) {
            var observed = new ObservedComponents(
                    inputs.observed(), inputs.environment().identity().hash());
            return plan(observed.kept(OWNER::equals));
        }
        var cluster = target.get();
        var policies = cluster.policies();
        var chart = new Chart(
                Optional.of("https://charts.example.test"),
                Optional.of("mesh"),
                Optional.of("1.0.0"),
                Optional.empty(),
                Optional.empty());
        var release = Release.of(
                        new ReleaseTarget("mesh", "mesh-system", true),
                        chart,
                        Values.of(Json.Obj.EMPTY),
                        cluster.helm().ref())
                .with(policies);
        var access = cluster.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(cluster.dependencies(access));
        dependencies.add(new Dependency(RELEASE, StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        var grace = new StartupGrace(
                Activity.INSTALLING,
                Activity.INSTALLING,
                ProviderHelm.CLUSTER_NOT_REACHABLE_YET,
                Duration.ofMinutes(1));
        return plan(List.of(
                Component.requested(RELEASE, release, OWNER, cluster.location(), cluster.dependencies(cluster.helm()))
                        .with(grace),
                Component.requested(
                        OBJECT,
                        KubernetesObject.of(MANIFEST, access.ref(), policies),
                        OWNER,
                        cluster.location(),
                        dependencies)));
    }

    private static AddonPlan plan(List<Component> components) {
        return new AddonPlan(
                components,
                Optional.of(new Subject.Single("MeshReady", "The mesh", OWNER, true, Optional.empty())),
                progress -> List.of(field("mesh", obj(field("ready", progress.ready(OWNER))))),
                List.of());
    }
}
