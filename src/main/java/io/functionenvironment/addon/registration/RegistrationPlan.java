package io.functionenvironment.addon.registration;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.api.settings.ArgocdRegistration;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.status.ConditionReason;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Subject;
import io.functionenvironment.status.Subject.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans the registration. A Cluster of provider-argocd is not namespaced, so an Object stands for it. If Crossplane composed it,
 * a control plane without that kind could not reconcile any Environment; like this, it is an error of one Object.
 *
 * <p>An Argo CD that does not respond does not make a working Environment unready.
 */
record RegistrationPlan(Inputs inputs, ArgocdRegistration registration) {
    /** Part of the API: it never changes. */
    static final String COMPONENT = "argocd-registration";

    private static final String NAME = "The registration in Argo CD";
    private static final String NO_CREDENTIALS =
            "is not possible: the kubeconfig of the cluster has no credentials, see"
                    + " docs/argocd-on-the-host.md#clusters-that-are-not-registered";
    /** A cluster refuses connections for a moment, and then provider-argocd tries again. */
    private static final StartupGrace GRACE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ofMinutes(1));

    AddonPlan plan(Optional<ClusterTarget> target) {
        // A cluster without a kubeconfig of the Environment is not the Environment's to register.
        if (target.isPresent() && target.get().kubeconfig().isEmpty()) {
            return AddonPlan.NONE;
        }
        if (target.filter(some -> !some.kubeconfig().orElseThrow().credentials())
                .isPresent()) {
            return notPossible();
        }
        var components = target.filter(ignored -> sizeKnown())
                .map(some -> List.of(component(some)))
                // Other labels could make Argo CD delete what it has installed.
                .orElseGet(() -> new ObservedComponents(
                                inputs.observed(),
                                inputs.environment().identity().hash())
                        .kept(Registration.OWNER::equals));
        var finding = finding();
        var subject = new Subject.Single(
                Registration.CONDITION, NAME, Registration.OWNER, !components.isEmpty(), finding, false);
        return new AddonPlan(
                components,
                Optional.of(subject),
                progress -> List.of(field(Registration.OWNER.type(), status(progress, finding))),
                List.of());
    }

    /** provider-argocd would register a cluster without credentials, and report that it is available. */
    private static AddonPlan notPossible() {
        var finding = new Finding(ConditionReason.INVALID, NAME + " " + NO_CREDENTIALS + ".", false);
        return new AddonPlan(
                List.of(),
                Optional.of(new Subject.Single(
                        Registration.CONDITION, NAME, Registration.OWNER, true, Optional.of(finding), false)),
                progress -> List.of(
                        field(Registration.OWNER.type(), obj(field("ready", false), field("message", NO_CREDENTIALS)))),
                List.of());
    }

    private boolean sizeKnown() {
        return inputs.environment()
                .size()
                .filter(inputs.settings().sizes()::containsKey)
                .isPresent();
    }

    private Component component(ClusterTarget target) {
        var spec = observed().map(seen -> seen.body().object("spec")).orElse(Json.Obj.EMPTY);
        // Where it is registered does not change: the cluster would stay registered there.
        var config = spec.text("forProvider", "manifest", "spec", "providerConfigRef", "name")
                .orElse(registration.providerConfig());
        var host = spec.text("providerConfigRef", "name")
                .orElse(inputs.settings().host().providerConfig());
        var manifest = cluster()
                .manifest(
                        target.kubeconfig().orElseThrow(),
                        config,
                        inputs.environment().size().orElseThrow(),
                        inputs.environmentLabels());
        return Component.requested(
                        COMPONENT,
                        KubernetesObject.of(manifest, ProviderConfigRef.cluster(host), ManagementPolicies.ALL),
                        Registration.OWNER,
                        Location.HOST,
                        dependencies(target))
                .with(GRACE);
    }

    /** The registration goes before the cluster: provider-argocd needs the kubeconfig to delete it. */
    private static List<Dependency> dependencies(ClusterTarget target) {
        return Stream.of(target.ready(), target.alive())
                .map(dependency -> new Dependency(dependency.on(), dependency.when(), DeletionMode.UNINSTALL_FIRST))
                .toList();
    }

    private Json.Obj status(Progress progress, Optional<Finding> finding) {
        var exists = progress.ready(Registration.OWNER);
        return obj(
                field("ready", exists && finding.isEmpty()),
                field("name", cluster().name()),
                field(
                        "message",
                        finding.filter(ignored -> exists)
                                .map(some -> registered()
                                        .flatMap(ProviderError::of)
                                        .filter(ignored -> some.reason() == ConditionReason.FAILING)
                                        .orElse("is being registered"))
                                .orElseGet(() -> progress.sentence(Registration.OWNER))));
    }

    /** What provider-argocd reports; empty if the cluster is registered as desired. */
    private Optional<Finding> finding() {
        var registered = registered();
        if (registered.filter(seen -> seen.is("Ready") && seen.is("Synced")).isPresent()) {
            return Optional.empty();
        }
        return registered
                .filter(ignored -> young().isEmpty())
                .flatMap(ProviderError::of)
                .map(message -> new Finding(ConditionReason.FAILING, NAME + " fails: " + message, false))
                .or(() -> Optional.of(
                        new Finding(ConditionReason.PROGRESSING, NAME + " is being created.", false, young())));
    }

    /** Until when errors are not reported; empty when that is over. */
    private Optional<Instant> young() {
        return observed()
                .flatMap(ObservedResource::created)
                .map(created -> created.plus(GRACE.length()))
                .filter(end -> end.isAfter(inputs.now()));
    }

    private Optional<ObservedResource> registered() {
        return observed().map(seen -> new ObservedResource(ProviderKubernetes.manifest(seen), Set.of()));
    }

    private Optional<ObservedResource> observed() {
        return inputs.observed().get(COMPONENT).filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT));
    }

    private RegisteredCluster cluster() {
        return new RegisteredCluster(inputs.environment().identity(), registration);
    }
}
