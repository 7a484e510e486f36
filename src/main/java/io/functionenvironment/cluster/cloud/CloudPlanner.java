package io.functionenvironment.cluster.cloud;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.EnvironmentNames;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
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
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ManagedResource;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plans one cluster at a cloud provider. */
final class CloudPlanner {
    /** The part that is the cluster, in every cloud. */
    static final String CLUSTER = "cluster";

    private final Cloud cloud;
    private final Inputs inputs;
    private final EnvironmentNames names;
    private final Owner.Cluster owner;
    private final CloudAccess access;

    CloudPlanner(Cloud cloud, Inputs inputs) {
        this.cloud = cloud;
        this.inputs = inputs;
        this.names = new EnvironmentNames(
                inputs.environment().identity(), inputs.settings().host().namespacePrefix());
        this.owner = new Owner.Cluster(cloud.type());
        this.access = new CloudAccess(cloud, inputs, owner, names.kubeconfigSecret());
    }

    ClusterPlan plan(CloudSize size) {
        var errors = new FieldErrors();
        var options = size.options();
        var seen = inputs.observed().get(CLUSTER);
        var requested = seen.map(found -> found.body().object("spec", "forProvider"));
        var version = new CloudVersion(
                        requested.flatMap(spec -> spec.text(cloud.versionField())),
                        requested.flatMap(spec -> facts(spec).version()).flatMap(CloudVersion::minor),
                        cloud.versionIsMinimum())
                .decide(inputs.environment().kubernetesVersion(), options.kubernetesVersion(), errors);
        var request = new Cloud.Request(name(), labels(options), version, inputs.observed()::get);
        var parts = cloud.parts(size, request);
        var changes = new FixedFields(inputs).changes(parts, options.providerConfig());
        if (!changes.isEmpty()) {
            return keep(Stream.concat(errors.list().stream(), changes.stream()).toList());
        }
        var components = new ArrayList<Component>();
        for (var part : parts) {
            var dependsOn = components.stream()
                    .skip(Math.max(0, components.size() - 1))
                    .map(before -> new Dependency(before.name(), StartWhen.READY, DeletionMode.UNINSTALL_FIRST))
                    .toList();
            var wrote = request.networks(options)
                    .map(ignored -> "authorizedNetworks")
                    .filter(ignored -> part.name().equals(CLUSTER));
            components.add(component(part, dependsOn, options.providerConfig(), wrote));
        }
        var entry = parts.getLast().name();
        components.addAll(access.components(options.identity(), entry, cloud.manifests(size)));
        return plan(components, entry, Optional.of(size), errors.list());
    }

    private Component component(
            CloudPart part, List<Dependency> dependsOn, ProviderConfigRef config, Optional<String> wrote) {
        var spec = obj(
                field("forProvider", part.forProvider()),
                field("initProvider", Optional.of(part.initProvider()).filter(some -> !some.isEmpty())),
                field("providerConfigRef", obj(field("kind", config.kind()), field("name", config.name()))),
                field(
                        "writeConnectionSecretToRef",
                        Optional.of(obj(field("name", names.kubeconfigSecret())))
                                .filter(ignored -> part.name().equals(cloud.credentials()))));
        var resource = new ManagedResource(
                part.gvk(), spec, ManagementPolicies.NO_LATE_INITIALIZE, part.externalName(), Optional.empty(), wrote);
        return Component.requested(part.name(), resource, owner, Location.HOST, dependsOn)
                .with(new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), part.creation()));
    }

    /** The name that it has, whatever Settings say later. */
    private String name() {
        return inputs.observed()
                .get(CLUSTER)
                .flatMap(seen -> seen.annotation(ManagedAnnotations.EXTERNAL_NAME))
                .orElseGet(
                        () -> names.inCloud(inputs.observed().composite().uid().orElse("")));
    }

    private Map<String, String> labels(CloudSize.Options options) {
        var labels = new TreeMap<>(options.labels());
        labels.put("team", inputs.environment().identity().namespace());
        // A label may not have the dots that a name may have.
        labels.put("environment", inputs.environment().identity().name().replace('.', '-'));
        labels.put("size", inputs.environment().size().orElse(""));
        return labels;
    }

    ClusterPlan keep(List<FieldError> errors) {
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var components = new ArrayList<>(observed.kept(owner, access.names()));
        var entry = cloud.partNames().reversed().stream()
                .filter(inputs.observed()::has)
                .findFirst()
                .orElse(CLUSTER);
        access.missingHealth(entry).ifPresent(components::add);
        return plan(components, entry, Optional.empty(), errors);
    }

    /** @param size empty if the cluster is kept as it is */
    private ClusterPlan plan(
            List<Component> components, String entry, Optional<CloudSize> size, List<FieldError> errors) {
        var cluster = components.stream()
                .filter(component -> component.name().equals(CLUSTER))
                .flatMap(component -> component.resource() instanceof ManagedResource managed
                        ? Stream.of(managed.spec().object("forProvider"))
                        : Stream.empty())
                .findFirst();
        var facts = cluster.map(this::facts);
        var version = facts.flatMap(Cloud.Facts::version)
                .or(() -> cluster.flatMap(spec -> spec.text(cloud.versionField())))
                .flatMap(CloudVersion::minor);
        return new ClusterPlan(
                owner,
                components,
                facts.flatMap(ignored -> access.target(components, entry, version)),
                facts.map(some -> new ClusterStatus(
                                cloud.type(),
                                name(),
                                "",
                                version,
                                Optional.empty(),
                                some.apiServer(),
                                Optional.of(names.kubeconfigSecret()))
                        .billed(bill(components, some, size))),
                facts.map(Cloud.Facts::connect),
                errors);
    }

    private ClusterStatus.Bill bill(List<Component> components, Cloud.Facts facts, Optional<CloudSize> size) {
        return new ClusterStatus.Bill(
                facts.location(),
                (int) components.stream()
                        .map(Component::name)
                        .filter(cloud.billable()::contains)
                        .count(),
                size.isEmpty()
                        ? last("nodes")
                        : size.flatMap(CloudSize::allNodes).map(NodeCount::toString),
                size.isEmpty()
                        ? last("pricePerHour")
                        : size.flatMap(some -> some.options().price().map(price -> price.of(some.allNodes()))));
    }

    /** What the status said when the size was known. */
    private Optional<String> last(String field) {
        var status = inputs.observed().composite().body().object("status", "cluster");
        return status.text(field).filter(ignored -> status.text("type").equals(Optional.of(cloud.type())));
    }

    private Cloud.Facts facts(Json.Obj forProvider) {
        var atProvider = inputs.observed()
                .get(CLUSTER)
                .map(seen -> seen.body().object("status", "atProvider"))
                .orElse(Json.Obj.EMPTY);
        return cloud.facts(new Cloud.Live(name(), forProvider, atProvider));
    }
}
