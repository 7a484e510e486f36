package io.functionenvironment.invented;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.ClusterKind;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ManagedResource;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.ProviderConfigRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A kind of cluster of a fictional cloud provider: a network, a control plane and node pools. */
public final class Machines implements ClusterKind {
    private static final Owner.Cluster OWNER = new Owner.Cluster("machines");
    private static final String API = "cloud.example.test/v1";
    private static final String SECRET = "machines-kubeconfig";

    record MachinesSize(int pools) implements Size {
        @Override
        public String type() {
            return OWNER.type();
        }
    }

    @Override
    public String type() {
        return OWNER.type();
    }

    @Override
    public Size readSize(FieldReader at, Json.Obj explicit) {
        at.only(Set.of("pools"));
        return new MachinesSize(at.field("pools")
                .required("the number of node pools")
                .integer(1, 9)
                .orElse(1));
    }

    @Override
    public ClusterPlan plan(Inputs inputs, Size size, Demands demands) {
        var pools = size instanceof MachinesSize some ? some.pools() : 0;
        var components = new ArrayList<Component>();
        components.add(managed("network", "Network", Json.Obj.EMPTY, List.of()));
        components.add(managed(
                        "control-plane",
                        "ControlPlane",
                        obj(field("writeConnectionSecretToRef", obj(field("name", SECRET)))),
                        List.of(on("network")))
                .with(new StartupGrace(Activity.STARTING, Activity.UNREACHABLE, List.of(), Duration.ofMinutes(1)))
                .polledUntil(StartWhen.KUBECONFIG));
        IntStream.rangeClosed(1, pools)
                .forEach(number -> components.add(
                        managed("node-pool-" + number, "NodePool", Json.Obj.EMPTY, List.of(on("control-plane")))));
        components.add(config(inputs, "provider-config-helm", ProviderHelm.PROVIDER_CONFIG));
        if (demands.objects()) {
            components.add(config(inputs, "provider-config-kubernetes", ProviderKubernetes.PROVIDER_CONFIG));
        }
        return plan(inputs, components, demands.objects(), List.of());
    }

    @Override
    public ClusterPlan keep(Inputs inputs, Demands demands, List<FieldError> errors) {
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var kept = new ArrayList<>(
                observed.kept(owner -> owner.equals(OWNER) || owner.equals(new Owner.Protection(OWNER))));
        var configured = inputs.observed().has("provider-config-kubernetes");
        if (demands.objects() && !configured) {
            kept.add(config(inputs, "provider-config-kubernetes", ProviderKubernetes.PROVIDER_CONFIG));
        }
        return plan(inputs, kept, configured || demands.objects(), errors);
    }

    private static ClusterPlan plan(
            Inputs inputs, List<Component> components, boolean objects, List<FieldError> errors) {
        var pools = components.stream()
                .map(Component::name)
                .filter(name -> name.startsWith("node-pool-"))
                .map(name -> new Dependency(name, StartWhen.EXISTS, DeletionMode.UNINSTALL_FIRST))
                .toList();
        var target = new ClusterTarget(
                access(inputs, "provider-config-helm", pools),
                objects ? Optional.of(access(inputs, "provider-config-kubernetes", pools)) : Optional.empty(),
                new Dependency("control-plane", StartWhen.KUBECONFIG, DeletionMode.UNINSTALL_FIRST),
                new Dependency("control-plane", StartWhen.READY, DeletionMode.UNINSTALL_FIRST),
                Optional.empty(),
                Optional.of(new ClusterTarget.Kubeconfig(SECRET, "kubeconfig", true)),
                ClusterTarget.Sharing.NONE);
        var facts = new ClusterStatus(
                OWNER.type(),
                inputs.environment().identity().name(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://cloud.example.test"),
                Optional.of(SECRET));
        return new ClusterPlan(OWNER, components, Optional.of(target), Optional.of(facts), Optional.empty(), errors);
    }

    /** Releases depend on the node pools, because the hooks of a chart need machines while it is uninstalled. */
    private static Access access(Inputs inputs, String component, List<Dependency> pools) {
        return new Access(
                ProviderConfigRef.namespaced(inputs.observed()
                        .get(component)
                        .map(ObservedResource::name)
                        .orElse("")),
                Stream.concat(
                                Stream.of(new Dependency(component, StartWhen.EXISTS, DeletionMode.UNINSTALL_FIRST)),
                                pools.stream())
                        .toList());
    }

    private static Dependency on(String component) {
        return new Dependency(component, StartWhen.READY, DeletionMode.UNINSTALL_FIRST);
    }

    private static Component managed(String name, String kind, Json.Obj spec, List<Dependency> dependsOn) {
        var resource = new ManagedResource(
                new Gvk(API, kind), spec, ManagementPolicies.ALL, Optional.empty(), Optional.empty(), Optional.empty());
        return Component.requested(name, resource, OWNER, Location.HOST, dependsOn);
    }

    private static Component config(Inputs inputs, String name, Gvk gvk) {
        var config = new ProviderConfig(gvk, inputs.environment().identity().namespace(), SECRET);
        return Component.requested(name, config, OWNER, Location.HOST, List.of());
    }
}
