package io.functionenvironment.cluster.existing;

import io.functionenvironment.api.environment.ClusterStatus;
import io.functionenvironment.cluster.ClusterPlan;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.Access;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans one share of an existing cluster. */
final class ExistingPlanner {
    private static final Dependency NAMESPACE =
            new Dependency(Part.NAMESPACE, StartWhen.READY, DeletionMode.UNINSTALL_FIRST);

    private final Inputs inputs;
    private final SharedNamespace namespace;

    ExistingPlanner(Inputs inputs) {
        this.inputs = inputs;
        this.namespace = new SharedNamespace(inputs);
    }

    ClusterPlan plan(ExistingSize size) {
        var errors = new FieldErrors();
        // An Environment stays where it is, whatever Settings say later.
        var config = observedConfig().orElse(size.kubernetes());
        var helm = observedHelmConfig().orElse(size.helm());
        if (!config.equals(size.kubernetes()) || !helm.equals(size.helm())) {
            errors.add(
                    "spec.size",
                    "is " + inputs.environment().size().orElse("")
                            + ", a size in another cluster than this Environment's,"
                            + " which cannot move; request a size with the ClusterProviderConfig " + config
                            + ", or create a new Environment");
            return keep(errors.list());
        }
        refuseAnotherVersion(size, errors);
        var components = new ArrayList<Component>();
        components.add(namespace.component(size, errors));
        // The last one waits for the others, so that what runs in the namespace has to wait for one only.
        var isolation = new Isolation(namespace.name(), size, inputs.settings().addresses()).manifests();
        var last = new ArrayList<>(isolation.keySet()).getLast();
        isolation.forEach((part, manifest) -> {
            var dependencies = new ArrayList<>(List.of(goesWith(Part.NAMESPACE)));
            isolation.keySet().stream()
                    .filter(other -> part.equals(last) && !other.equals(last))
                    .forEach(other -> dependencies.add(goesWith(other)));
            var object = KubernetesObject.of(manifest, ProviderConfigRef.cluster(config), ManagementPolicies.NO_DELETE);
            components.add(Component.requested(part, object, Part.OWNER, Location.HOST, dependencies));
        });
        var isolated = new Dependency(last, StartWhen.READY, DeletionMode.UNINSTALL_FIRST);
        return plan(components, Optional.of(target(helm, config, isolated, size)), Optional.of(size), errors.list());
    }

    /** Nothing else depends on it, so the rest is carried out. */
    private void refuseAnotherVersion(ExistingSize size, FieldErrors errors) {
        inputs.environment()
                .kubernetesVersion()
                .filter(version -> !size.kubernetesVersion().equals(Optional.of(version)))
                .ifPresent(version -> errors.add(
                        "spec.kubernetesVersion",
                        "is " + version + ", but this size is a part of a cluster that exists"
                                + size.kubernetesVersion()
                                        .map(" with Kubernetes "::concat)
                                        .orElse("")
                                + "; remove it, or request another size"));
    }

    private static Dependency goesWith(String component) {
        return new Dependency(component, StartWhen.READY, DeletionMode.CASCADE);
    }

    private ClusterTarget target(String helm, String config, Dependency isolated, ExistingSize size) {
        return target(helm, config, isolated, size.kubernetesVersion(), size.trusted());
    }

    private ClusterTarget target(
            String helm, String config, Dependency isolated, Optional<String> version, boolean trusted) {
        return new ClusterTarget(
                new Access(ProviderConfigRef.cluster(helm), List.of()),
                Optional.of(new Access(ProviderConfigRef.cluster(config), List.of())),
                isolated,
                NAMESPACE,
                version,
                Optional.empty(),
                new ClusterTarget.Sharing(
                        Optional.of(namespace.name()),
                        "-" + inputs.environment().identity().hash(),
                        trusted));
    }

    ClusterPlan keep(List<FieldError> errors) {
        var observed = new ObservedComponents(
                inputs.observed(), inputs.environment().identity().hash());
        var kept = observed.kept(Part.OWNER, Part.ALL);
        var isolated = Part.ISOLATION.reversed().stream()
                .filter(inputs.observed()::has)
                .findFirst()
                .map(part -> new Dependency(part, StartWhen.READY, DeletionMode.UNINSTALL_FIRST))
                .orElse(NAMESPACE);
        // While it is not known which size it is, it is not known whether it is trusted.
        var target = observedConfig()
                .map(config -> target(observedHelmConfig().orElse(config), config, isolated, Optional.empty(), false));
        return plan(kept, target, Optional.empty(), errors);
    }

    private ClusterPlan plan(
            List<Component> components,
            Optional<ClusterTarget> target,
            Optional<ExistingSize> size,
            List<FieldError> errors) {
        var facts = target.flatMap(ClusterTarget::kubernetes)
                .map(access -> new ClusterStatus(
                        Part.OWNER.type(),
                        access.ref().name(),
                        namespace.name(),
                        size.flatMap(ExistingSize::kubernetesVersion),
                        Optional.empty(),
                        size.flatMap(ExistingSize::apiServer),
                        Optional.empty()));
        return new ClusterPlan(Part.OWNER, components, target, facts, size.flatMap(ExistingSize::connect), errors);
    }

    private Optional<String> observedConfig() {
        return inputs.observed()
                .get(Part.NAMESPACE)
                .flatMap(seen -> seen.body().text("spec", "providerConfigRef", "name"));
    }

    /** The one that the Releases of this Environment have. */
    private Optional<String> observedHelmConfig() {
        return new ObservedComponents(
                        inputs.observed(), inputs.environment().identity().hash())
                .all()
                .filter(component -> component.resource() instanceof Release)
                .map(component -> ((Release) component.resource()).config().name())
                .findFirst();
    }
}
